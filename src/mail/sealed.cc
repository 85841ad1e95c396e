// Signed content through OpenSSL.
#include "mail/sealed.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/objects.h>

#include <limits>
#include <memory>

namespace tonghop {

std::optional<std::string> signed_content(std::string_view body) {
  if (body.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return std::nullopt;
  const std::unique_ptr<BIO, decltype(&BIO_free)> bytes(BIO_new_mem_buf(body.data(), static_cast<int>(body.size())),
                                                        &BIO_free);
  const std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)> message(d2i_CMS_bio(bytes.get(), nullptr),
                                                                                  &CMS_ContentInfo_free);
  if (message == nullptr || OBJ_obj2nid(CMS_get0_type(message.get())) != NID_pkcs7_signed) return std::nullopt;
  ASN1_OCTET_STRING** content = CMS_get0_content(message.get());
  if (content == nullptr || *content == nullptr) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(*content)),
                     static_cast<std::size_t>(ASN1_STRING_length(*content)));
}

}  // namespace tonghop
