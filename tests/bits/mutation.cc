// Random changes, all of them of the shape: these bytes become those.
#include "bits/mutation.h"

#include <algorithm>
#include <vector>

namespace tonghop::bits {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Start and end of something that stands in the text.
struct Range {
  std::size_t begin = 0, end = 0;
};

// Anywhere, but every other time close to where a value or a text begins: most of a sheet is empty cells.
std::size_t random_place(std::string_view xml, Random& random) {
  const std::size_t place = random.below(xml.size());
  if (random.below(2) == 0) return place;
  const std::size_t value = xml.find(random.below(2) == 0 ? "<v>" : "<t>", place);
  if (value == kNone) return place;
  const std::size_t close = value + random.below(48);
  return std::min(close < 32 ? 0 : close - 32, xml.size() - 1);
}

// The first place from there on, round the end, that holds.
template <typename Holds>
std::size_t place_from(std::string_view text, std::size_t start, Holds holds) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t at = (start + i) % text.size();
    if (holds(at)) return at;
  }
  return kNone;
}

bool begins_element(std::string_view xml, std::size_t at) {
  return xml[at] == '<' && at + 1 < xml.size() && ((xml[at + 1] | 0x20) >= 'a' && (xml[at + 1] | 0x20) <= 'z');
}

Range element_near(std::string_view xml, std::size_t place) {
  const std::size_t at = place_from(xml, place, [&](std::size_t i) { return begins_element(xml, i); });
  if (at == kNone) return {};
  const std::size_t end = element_end(xml, at);
  return end == kNone ? Range{} : Range{at, end};
}

// With the blank before it: ` r="E5"`.
Range attribute_near(std::string_view xml, std::size_t place) {
  const std::size_t equals =
      place_from(xml, place, [&](std::size_t i) { return xml.substr(i).starts_with("=\"") && i > 0; });
  if (equals == kNone) return {};
  const std::size_t blank = xml.rfind(' ', equals);
  const std::size_t quote = xml.find('"', equals + 2);
  return blank == kNone || quote == kNone ? Range{} : Range{blank, quote + 1};
}

std::string random_bytes(Random& random, std::size_t count) {
  std::string bytes;
  while (bytes.size() < count) bytes += static_cast<char>(random.below(256));
  return bytes;
}

// Short mostly, now and then up to everything behind.
Range random_range(std::size_t size, Random& random) {
  const std::size_t begin = random.below(size);
  const std::size_t longest = random.below(8) == 0 ? size - begin : std::min<std::size_t>(size - begin, 16);
  return {begin, begin + 1 + random.below(longest)};
}

}  // namespace

std::size_t element_end(std::string_view xml, std::size_t begin) {
  int depth = 0;
  for (std::size_t at = begin; at != kNone; at = xml.find('<', at + 1)) {
    const std::size_t close = xml.find('>', at);
    if (close == kNone) return kNone;
    if (xml[at + 1] == '/') {
      --depth;
    } else if (begins_element(xml, at) && xml[close - 1] != '/') {
      ++depth;
    }
    if (depth <= 0) return close + 1;
  }
  return kNone;
}

Mutation mutate_bytes(std::string_view bytes, Random& random) {
  const Range range = random_range(bytes.size(), random);
  const std::string_view old = bytes.substr(range.begin, range.end - range.begin);
  switch (random.below(6)) {
    case 0: {
      const char flipped = static_cast<char>(bytes[range.begin] ^ (1 << random.below(8)));
      return {"flip", "", range.begin, range.begin + 1, std::string(1, flipped)};
    }
    case 1:
      return {"overwrite", "", range.begin, range.end, random_bytes(random, old.size())};
    case 2:
      return {"delete", "", range.begin, range.end, ""};
    case 3:
      return {"insert", "", range.begin, range.begin, random_bytes(random, 1 + random.below(16))};
    case 4:
      return {"truncate", "", range.begin, bytes.size(), ""};
    default:
      return {"duplicate", "", range.end, range.end, std::string(old)};
  }
}

Mutation mutate_xml(const std::string& part, std::string_view xml, Random& random) {
  const std::size_t place = random_place(xml, random);
  const Range element = element_near(xml, place);
  const Range attribute = attribute_near(xml, place);
  const auto slice = [&](const Range& range) { return std::string(xml.substr(range.begin, range.end - range.begin)); };
  switch (random.below(10)) {
    case 0: {
      const char flipped = static_cast<char>(xml[place] ^ (1 << random.below(8)));
      return {"flip", part, place, place + 1, std::string(1, flipped)};
    }
    case 1:
    case 2: {
      const std::size_t at = place_from(xml, place, [&](std::size_t i) { return is_digit(xml[i]); });
      if (at == kNone) break;
      return {"digit", part, at, at + 1, std::string(1, static_cast<char>('0' + random.below(10)))};
    }
    case 3:
      return {"delete element", part, element.begin, element.end, ""};
    case 4:
      return {"duplicate element", part, element.end, element.end, slice(element)};
    case 5: {
      if (element.end >= xml.size() || !begins_element(xml, element.end)) break;
      const std::size_t end = element_end(xml, element.end);
      if (end == kNone) break;
      return {"swap elements", part, element.begin, end, slice({element.end, end}) + slice(element)};
    }
    case 6:
      return {"delete attribute", part, attribute.begin, attribute.end, ""};
    case 7:
      return {"duplicate attribute", part, attribute.end, attribute.end, slice(attribute)};
    case 8: {
      // The value that the same attribute has somewhere else.
      const std::string name = slice(attribute).substr(0, slice(attribute).find('=') + 1);
      const std::size_t start = random.below(xml.size());
      const std::size_t at = place_from(xml, start, [&](std::size_t i) { return xml.substr(i).starts_with(name); });
      const std::size_t quote = name.empty() || at == kNone ? kNone : xml.find('"', at + name.size() + 1);
      if (quote == kNone) break;
      return {"attribute of another", part, attribute.begin, attribute.end, slice({at, quote + 1})};
    }
    default:
      break;
  }
  return {"delete byte", part, place, place + 1, ""};
}

std::string applied(const Mutation& mutation, std::string_view original) {
  std::string changed(original.substr(0, mutation.begin));
  changed += mutation.text;
  changed += original.substr(mutation.end);
  return changed;
}

}  // namespace tonghop::bits
