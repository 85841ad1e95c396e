// The theme part: without one, programs fall back on fonts of their own.
#pragma once

#include <string>
#include <string_view>

namespace tonghop::xlsx {

// A plain theme with Office's colours, and `font` for headings and body.
std::string theme_xml(std::string_view font);

}  // namespace tonghop::xlsx
