// Addresses of e-mail as people list them: "a@x.gov.vn; b@x.gov.vn".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tonghop {

// What stands between ";" and ",", trimmed; nothing for nothing.
std::vector<std::string> split_addresses(std::string_view text);

// Whether mail can be sent there as the text stands: letters, digits and signs in ASCII, one @, and a domain with a
// dot.
bool is_address(std::string_view text);

}  // namespace tonghop
