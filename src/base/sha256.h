// SHA-256, as it is printed beside files.
#pragma once

#include <string>
#include <string_view>

struct evp_md_ctx_st;  // of OpenSSL

namespace tonghop {

// Takes text piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  std::string hex();  // of all that was added, in lower case; ends the taking

 private:
  evp_md_ctx_st* context_;
};

std::string sha256(std::string_view bytes);  // lower-case hex

}  // namespace tonghop
