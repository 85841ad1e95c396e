// Text stored in the 8-bit Vietnamese encodings that came before Unicode, told by the name of its font.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tonghop {

// Unicode text of a text stored in an old 8-bit encoding, as the font's name tells (".VnTime", "VNI-Times"); nothing
// when the font is not one of those.
std::optional<std::string> from_legacy_font(std::string_view text, std::string_view font);

}  // namespace tonghop
