// Places and errors as text.
#include "base/finding.h"

namespace tonghop {

std::string to_string(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) text += ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
  if (!place.sheet.empty()) text += " [" + place.sheet + ']';
  if (!place.cell.empty()) text += ' ' + place.cell;
  return text;
}

Error::Error(std::string_view code, const Place& place, Details details)
    : finding_{.code = code, .place = place, .details = std::move(details)} {
  text_ = to_string(finding_.place) + ": " + finding_.code;
  for (const auto& [name, text] : finding_.details) text_ += ", " + name + " " + text;
}

DefinitionError::DefinitionError(const Place& place, const std::string& message)
    : text_(to_string(place) + ": " + message) {}

}  // namespace tonghop
