// The text of a part as it comes out of the zip.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace tonghop::xlsx {

// Zeros stand behind it: who looks ahead a few bytes sees the end, and stays inside.
class PartText {
 public:
  static constexpr std::size_t kBehind = 64;  // zeros

  // So many bytes, to be written.
  explicit PartText(std::size_t size = 0) : bytes_(std::make_unique_for_overwrite<char[]>(size + kBehind)) {
    shorten(size);
  }
  explicit PartText(std::string_view text) : PartText(text.size()) { std::ranges::copy(text, bytes_.get()); }

  char* data() { return bytes_.get(); }
  std::size_t size() const { return size_; }
  std::string_view view() const { return {bytes_.get(), size_}; }
  void shorten(std::size_t size) {
    size_ = size;
    std::memset(bytes_.get() + size, 0, kBehind);
  }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

}  // namespace tonghop::xlsx
