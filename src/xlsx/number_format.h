// The number formats that have an id and no text in a workbook (ECMA-376-1, 18.8.30).
#pragma once

#include <string_view>

namespace tonghop::xlsx {

inline constexpr int kFirstCustomFormat = 164;  // ids from here on are defined in the workbook itself

// The format code of a built-in id; "General" for ids that have none. East Asian dates come as "yyyy/m/d".
std::string_view builtin_format(int id);

// The built-in id of a format code, -1 when it needs a definition of its own.
int builtin_format_id(std::string_view code);

}  // namespace tonghop::xlsx
