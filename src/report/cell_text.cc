// Limits on line feeds and on length, the nearer one counts.
#include "report/cell_text.h"

#include "base/text.h"

namespace tonghop {

std::string cell_text(std::string_view text, std::size_t units) {
  std::size_t end = text.find('\n');
  for (int feeds = 0; end != std::string_view::npos && feeds < kCellLineFeeds; ++feeds) end = text.find('\n', end + 1);
  if (end == std::string_view::npos && (text.size() <= units || utf16_length(text) <= units)) return std::string(text);
  return std::string(utf16_prefix(text.substr(0, end), units - 1)) + "…";
}

}  // namespace tonghop
