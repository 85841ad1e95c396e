// Lists of addresses -> addresses.
#include "mail/address.h"

#include <algorithm>

#include "base/text.h"

namespace tonghop {
namespace {

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// Parts with dots between, none empty, of letters, digits and these signs.
bool is_dotted(std::string_view text, std::string_view signs) {
  char before = '.';
  for (const char c : text) {
    if (c == '.' ? before == '.' : !is_alphanumeric(c) && signs.find(c) == std::string_view::npos) return false;
    before = c;
  }
  return before != '.';
}

}  // namespace

std::vector<std::string> split_addresses(std::string_view text) {
  std::vector<std::string> addresses;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(";,", at), text.size());
    if (const auto address = trimmed(text.substr(at, end - at)); !address.empty()) addresses.emplace_back(address);
    at = end + 1;
  }
  return addresses;
}

bool is_address(std::string_view text) {
  constexpr std::size_t kLongest = 254;
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || text.size() > kLongest) return false;
  const std::string_view domain = text.substr(at + 1);
  return is_dotted(text.substr(0, at), "!#$%&'*+-/=?^_`{|}~") && is_dotted(domain, "-") &&
         domain.find('.') != std::string_view::npos;
}

}  // namespace tonghop
