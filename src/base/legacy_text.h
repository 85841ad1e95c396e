// Vietnamese text from before Unicode: TCVN3 (ABC) and VNI, which store letters of their own in the places of Western
// ones and need their own fonts to show them. "Së Néi vô" in .VnTime and "Sôû Noäi vuï" in VNI-Times are "Sở Nội vụ".
// Text is UTF-8; the old bytes come as the characters that Windows-1252 or Windows-1258 has in their place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tonghop {

// Unicode text of what a cell or a run of rich text shows in `font`: the .Vn family is TCVN3, its ...H fonts show
// capitals; VNI-... is VNI. Nothing when the font is none of these, and when the text is in Unicode all the same: it
// has letters that the old code has not, or makes Vietnamese words as it stands and none when converted.
std::optional<std::string> from_legacy_font(std::string_view text, std::string_view font);

// The same without the font, which is lost when text is copied or set in another one. Only when there is no doubt:
// every word becomes a possible syllable or an abbreviation, and some could be no word of an ordinary text. Short text
// that is a word either way ("Sè": Số or sè) gives nothing. Text in ASCII and in Unicode is told by a glance.
std::optional<std::string> from_legacy_pattern(std::string_view text);

}  // namespace tonghop
