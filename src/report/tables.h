// Observations, figures and findings as text: CSV and JSON for programs, aligned lines for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "reconcile/return.h"

namespace tonghop {

// CSV is UTF-8 without a byte order mark, lines end in "\n", fields are quoted where RFC 4180 asks for it.

// file,sheet,cell,agency,template,key,number,label,indicator,kind,raw,value,status,note
// One line per input row of the form, blanks included, in the order of the form. `value` has a decimal point, a
// percentage is a fraction, a choice its code.
std::string observations_csv(const std::vector<Return>& returns, const Catalogue& catalogue);
std::string observations_json(const std::vector<Return>& returns, const Catalogue& catalogue);
std::string observations_table(const std::vector<Return>& returns, const Definitions& definitions,
                               const std::string& lang, int width);

// indicator,label,unit,kind,value,agencies,numerator,denominator
// One line per indicator of the catalogue. `value` is empty where agencies' percentages cannot be merged or a
// denominator is 0; for a choice it counts the options: "0:2 1:5".
std::string values_csv(const Province& province, const Catalogue& catalogue);

// severity,code,file,sheet,cell,agency,indicator,raw,value,message,state
// `state`: open, settled, waived.
std::string findings_csv(const Findings& findings, const Wording& wording, const std::string& lang);

// "error", "settled" or the like, as it stands before a finding: its severity, or what a person has decided on it.
std::string severity_word(const Finding& finding, const Wording& wording, const std::string& lang);

// "error: a.xlsx [Sheet] E12: sentence", one line each.
std::string findings_lines(const Findings& findings, const Wording& wording, const std::string& lang);

// By agency (those of none first), then severity, then place: the order in which findings are worked off. What a
// person has decided on comes last.
void sort_findings(Findings& findings, const Wording& wording);

std::string_view to_string(Finding::State state);  // "open", "settled", "waived"

// How the value was read, in words.
std::string status_text(Status status, const Wording& wording, const std::string& lang);

// The value of an observation as `value` of the CSV; "" when it has none.
std::string value_text(const Observation& observation);

// The same for people, who read per cent where a fraction is kept.
std::string shown_value(const std::string& value, Kind kind, const std::string& decimal_mark = ".");

// How many columns the text takes on a terminal.
int columns_of(std::string_view text);

// The text, or its beginning and an ellipsis, in at most so many columns.
std::string shortened(const std::string& text, int columns);

// Rows of cells as columns padded to their widest cell, two blanks between; numbers right-aligned where `right` says
// so.
std::string aligned(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& right);
// The same in at most `width` columns: the widest of the other columns are shortened as far as that takes, but to no
// less than 8.
std::string aligned(std::vector<std::vector<std::string>> rows, const std::vector<bool>& right, int width);

// Cut between words into lines of at most `width` columns, each behind so many blanks and ending in "\n".
std::string wrapped(const std::string& text, int width, int blanks);

}  // namespace tonghop
