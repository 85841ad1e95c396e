// S/MIME (RFC 8551) that has the message inside the signature.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tonghop {

// The message in the body of an application/pkcs7-mime part, whoever signed it: signatures are not checked. Nothing
// when it is encrypted, or none.
std::optional<std::string> signed_content(std::string_view body);

}  // namespace tonghop
