// What small parts say, remembered by their bytes: of the workbooks that come back, nearly all share formats and
// relationships with others, and what is equal is inflated and parsed once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xlsx/package.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {

// For one kind of part; not for several threads at once.
template <typename Said>
class SameParts {
 public:
  // What `read` makes of the part, or made of one of the same name with the same bytes. Throws what reading it throws.
  template <typename Read>
  Said of(Package& package, const std::string& name, const Read& read) {
    const ZipEntry* const entry = package.plain_entry(name);
    if (entry == nullptr) return read(XmlPart(package, name));
    const auto same = std::ranges::find_if(known_, [&](const Known& known) {
      return known.crc == entry->crc && known.size == entry->size && known.deflated == entry->deflated &&
             known.stored == entry->stored && known.name == name && known.depth <= package.limits().depth;
    });
    if (same != known_.end()) {
      package.count(same->size);
      return same->said;
    }
    const XmlPart part(package, name);
    Said said = read(part);
    constexpr std::size_t kLargest = std::size_t{1} << 18;
    if (part.bytes() == entry->size && entry->size <= kLargest) {
      keep({name, std::string(entry->stored), entry->deflated, entry->size, entry->crc, package.limits().depth, said});
    }
    return said;
  }

 private:
  struct Known {
    std::string name, stored;
    bool deflated;
    std::size_t size;
    std::uint32_t crc;
    std::size_t depth;  // the limit it was within
    Said said;
  };

  // In the place of the oldest when there are many.
  void keep(Known known) {
    constexpr std::size_t kMost = 64;
    if (known_.size() < kMost) {
      known_.push_back(std::move(known));
    } else {
      known_[oldest_] = std::move(known);
      oldest_ = (oldest_ + 1) % kMost;
    }
  }

  std::vector<Known> known_;
  std::size_t oldest_ = 0;
};

}  // namespace tonghop::xlsx
