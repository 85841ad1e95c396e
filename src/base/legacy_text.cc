// Old Vietnamese encodings.
#include "base/legacy_text.h"

namespace tonghop {

std::optional<std::string> from_legacy_font(std::string_view /*text*/, std::string_view /*font*/) {
  return std::nullopt;
}

}  // namespace tonghop
