// Formulas and points in time as OpenDocument writes them, made those of Excel.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace tonghop::xlsx {

// "of:=IF([.E5]=0;[$Sheet2.A1];\"\")" as "IF(E5=0,Sheet2!A1,\"\")": references, separators of arguments and of inline
// arrays. A formula in another notation ("msoxl:") only loses its prefix. Other files that it refers to are added to
// `sources`.
std::string excel_formula(std::string_view stored, std::set<std::string>& sources);

// The address of the other file in "'file:///home/a.xlsx'#$Sheet1", nothing where there is none.
std::optional<std::string> external_source(std::string_view reference);

// Days from 1899-12-30, as Excel counts them: "2024-03-17", "2024-03-17T13:45:30.5". Nothing for what is no date.
std::optional<double> date_serial(std::string_view date);

// Days of a duration: "PT12H30M00S" is 0.520833... Years and months have no length and are not taken.
std::optional<double> duration_in_days(std::string_view duration);

}  // namespace tonghop::xlsx
