// The one copy of each text, in parts that are locked by themselves.
#include "base/shared_text.h"

#include <array>
#include <functional>
#include <mutex>
#include <ostream>
#include <unordered_set>

namespace tonghop {
namespace {

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

struct Shard {
  std::mutex mutex;
  std::unordered_set<std::string, Hash, std::equal_to<>> texts;  // its nodes stay where they are
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
  constexpr std::size_t kRecent = 16384;
  thread_local std::array<const std::string*, kRecent> recent{};
  const std::size_t hash = Hash()(text);
  const std::string*& known = recent[hash % kRecent];
  if (known != nullptr && *known == text) return known;
  Shard& shard = shards()[hash / kRecent % kShards];
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.texts.find(text);
  known = found != shard.texts.end() ? &*found : &*shard.texts.emplace(text).first;
  return known;
}

const std::string& SharedText::none() {
  static const std::string empty;
  return empty;
}

std::ostream& operator<<(std::ostream& out, SharedText text) { return out << text.str(); }

}  // namespace tonghop
