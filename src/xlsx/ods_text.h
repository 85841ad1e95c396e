// The text of an OpenDocument cell or annotation as a person sees it.
#pragma once

#include <pugixml.hpp>
#include <string>

#include "xlsx/package.h"

namespace tonghop::xlsx {

// Paragraphs inside `holder`, lists and nested tables included, joined by "\n". Tabs and line breaks are "\t" and "\n",
// runs of blanks are what was typed; annotations, shapes, footnotes and the readings of ruby text are left out.
// Throws Error file-too-large beyond limits.text and limits.depth, without a place.
std::string paragraphs_of(pugi::xml_node holder, const Limits& limits);

}  // namespace tonghop::xlsx
