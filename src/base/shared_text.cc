// The one copy of each text, in parts that are locked by themselves.
#include "base/shared_text.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <ostream>
#include <vector>

namespace tonghop {
namespace {

// Tells most texts apart without looking at them: numbers and addresses are all in it.
struct Mark {
  static constexpr std::uint64_t kHashed = std::uint64_t{1} << 63;

  explicit Mark(std::string_view text) {
    constexpr std::size_t kWhole = 7;  // bytes
    if (text.size() > kWhole) {
      value = std::hash<std::string_view>()(text) | kHashed;
      return;
    }
    value = text.size();
    for (const char c : text) value = value << 8 | static_cast<unsigned char>(c);
  }

  // Its bits mixed, the first of them the best.
  std::uint64_t mixed() const {
    const std::uint64_t all = (value ^ value >> 32) * 0x9E3779B97F4A7C15;
    return all ^ all >> 32;
  }

  std::uint64_t value;
};

struct Slot {
  bool holds(const Mark& mark, std::string_view other) const {
    return value == mark.value && text != nullptr && ((value & Mark::kHashed) == 0 || *text == other);
  }

  std::uint64_t value = 0;            // of the mark
  const std::string* text = nullptr;  // null: free
};

class Shard {
 public:
  const std::string* keep(const Mark& mark, std::string_view text) {
    const std::lock_guard lock(mutex_);
    if (slots_.size() <= texts_.size() + texts_.size() / 2) grow();
    Slot& slot = find(slots_, mark, text);
    if (slot.text == nullptr) slot = {mark.value, &texts_.emplace_back(text)};
    return slot.text;
  }

 private:
  // That of the text, or the free one where it belongs.
  static Slot& find(std::vector<Slot>& slots, const Mark& mark, std::string_view text) {
    std::size_t at = mark.mixed() & (slots.size() - 1);
    while (slots[at].text != nullptr && !slots[at].holds(mark, text)) at = (at + 1) & (slots.size() - 1);
    return slots[at];
  }

  void grow() {
    constexpr std::size_t kFirst = 1024;
    std::vector<Slot> larger(slots_.empty() ? kFirst : 2 * slots_.size());
    for (const Slot& slot : slots_) {
      if (slot.text != nullptr) find(larger, Mark(*slot.text), *slot.text) = slot;
    }
    slots_ = std::move(larger);
  }

  std::mutex mutex_;
  std::vector<Slot> slots_;        // a power of two, at most two thirds of them taken
  std::deque<std::string> texts_;  // stay where they are
};

constexpr std::size_t kShards = 16;

// Never destroyed: texts outlive whatever is destroyed when the program ends.
std::array<Shard, kShards>& shards() {
  static auto* const all = new std::array<Shard, kShards>();
  return *all;
}

}  // namespace

const std::string* SharedText::keep(std::string_view text) {
  if (text.empty()) return nullptr;
  // What a thread asked for last: most texts are addresses and small numbers that come again and again.
  constexpr std::size_t kRecent = 1024;
  thread_local std::array<Slot, kRecent> recent{};
  const Mark mark(text);
  const std::uint64_t mixed = mark.mixed();
  Slot& known = recent[mixed >> 40 & (kRecent - 1)];
  if (!known.holds(mark, text)) known = {mark.value, shards()[mixed >> 56 & (kShards - 1)].keep(mark, text)};
  return known.text;
}

const std::string& SharedText::none() {
  static const std::string empty;
  return empty;
}

std::ostream& operator<<(std::ostream& out, SharedText text) { return out << text.str(); }

}  // namespace tonghop
