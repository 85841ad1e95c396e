// Dates and hours as a coordinator types them into a round, and the date inside a returned file, in one form that sorts
// as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xlsx/workbook.h"

namespace tonghop {

// "2027-04-05", or "2027-04-05T17:00" where an hour was given. A number is a spreadsheet's date; text is day, month and
// year in this order, or ISO, with an hour ("17:00", "17h30", "17h") before or behind it, words between. Nothing for
// anything else, and for a day that no calendar has.
std::optional<std::string> read_date(const xlsx::Value& value, bool dates_from_1904);

// An ISO time in UTC ("2027-04-05T10:00:00Z") as "2027-04-05T17:00" in a zone so many minutes east; "" when it is none.
std::string local_time(std::string_view utc, int minutes_east);

// Minutes from one local time ("2027-04-05T17:00") to another; nothing when either is none.
std::optional<long> minutes_between(std::string_view from, std::string_view to);

// "17:00 5/4/2027" of "2027-04-05T17:00", "5/4/2027" of "2027-04-05", as Vietnamese readers write them.
std::string shown_date(std::string_view iso);

}  // namespace tonghop
