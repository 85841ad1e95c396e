// What attached files are called.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tonghop {

// The name alone, of what may be a path of Windows or Unix, without control characters and in one normal form; "" when
// nothing is left.
std::string base_name(std::string_view path);

// The name of an attachment that has none, by its type: "attachment.xlsx".
std::string name_by_type(std::string_view type, std::string_view subtype);

// Names that are taken, each with the number that the next file of this name tries first.
using TakenNames = std::map<std::string, int>;

// The name, or the next of "name (2).xlsx", "name (3).xlsx" that is not taken; takes it.
std::string take_name(const std::string& name, TakenNames& taken);

}  // namespace tonghop
