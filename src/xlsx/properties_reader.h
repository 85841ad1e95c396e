// Reads when a workbook was last saved, by what it says of itself.
#pragma once

#include <string>
#include <string_view>

#include "xlsx/compound_file.h"
#include "xlsx/package.h"

namespace tonghop::xlsx {

// As Workbook::modified. Never throws: a workbook is read whatever its properties are.
std::string modified_of(Package& package);          // of an .xlsx or .ods
std::string modified_of(const CompoundFile& file);  // of an .xls

// "2027-04-02T15:15:00.5+07:00" as "2027-04-02T08:15:00Z". "" for what is no date with a time of
// day and a zone, or one before there were spreadsheets of this kind (1990).
std::string utc_time(std::string_view text);

}  // namespace tonghop::xlsx
