// A package with some parts changed and every other entry taken over as it is stored.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tonghop::xlsx {

// `parts`, by name, take the place of the entries of that name (as Package compares names, the first counts) or stand
// behind the last. All other entries keep name, order, flags, times and their compressed bytes; so does the comment of
// the zip. Throws std::runtime_error when the bytes are no zip that can be written.
std::string copy_package(std::string_view bytes, const std::map<std::string, std::string>& parts);

}  // namespace tonghop::xlsx
