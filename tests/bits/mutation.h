// One random change of a workbook: of its bytes, or of the text of one part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace tonghop::bits {

// The same numbers everywhere, which the standard's distributions do not promise.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : static_cast<std::size_t>(engine_() % bound); }

 private:
  std::mt19937_64 engine_;
};

// Whatever was done, bytes from begin to end of the original were replaced by `text`.
struct Mutation {
  std::string kind = {};
  std::string part = {};  // "" for the bytes of the file
  std::size_t begin = 0, end = 0;
  std::string text = {};
};

Mutation mutate_bytes(std::string_view bytes, Random& random);
Mutation mutate_xml(const std::string& part, std::string_view xml, Random& random);
std::string applied(const Mutation& mutation, std::string_view original);

// Behind the element that begins at `begin`; npos when it has no end.
std::size_t element_end(std::string_view xml, std::size_t begin);

}  // namespace tonghop::bits
