// Writing shared strings, plain and rich.
#include "xlsx/shared_strings_writer.h"

#include <algorithm>
#include <functional>

#include "xlsx/markup.h"
#include "xlsx/style_elements.h"

namespace tonghop::xlsx {

std::size_t SharedStringTable::index(std::string_view text, std::size_t guess) {
  ++uses_;
  const bool right = guess < entries_.size() && entries_[guess].text == text && !entries_[guess].rich;
  return right ? guess : place(text, false);
}

std::size_t SharedStringTable::index(const std::vector<Run>& runs, const Style& style) {
  std::string element = "<si>";
  for (const Run& run : runs) {
    if (run.text.empty()) continue;
    append(element, "<r><rPr>", run.bold ? "<b/>" : "", run.italic ? "<i/>" : "", style.underline ? "<u/>" : "",
           "<sz val=\"", style.size, "\"/><color ");
    if (style.color.empty()) {
      element += "theme=\"1\"";
    } else {
      append(element, "rgb=\"", argb(style.color), "\"");
    }
    element += "/><rFont val=\"";
    append_attribute(element, font_);
    element += "\"/></rPr>";
    append_t(element, run.text);
    element += "</r>";
  }
  element += "</si>";
  ++uses_;
  return place(element, true);
}

std::size_t SharedStringTable::place(std::string_view text, bool rich) {
  if (slots_.size() <= 2 * entries_.size()) grow();
  const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(text));
  for (std::size_t at = hash;; ++at) {
    Slot& slot = slots_[at & (slots_.size() - 1)];
    if (slot.entry == kFree) {
      slot = {hash, static_cast<std::uint32_t>(entries_.size())};
      entries_.push_back({keep(text), rich});
      return slot.entry;
    }
    if (slot.hash != hash) continue;
    const Entry& entry = entries_[slot.entry];
    if (entry.text == text && entry.rich == rich) return slot.entry;
  }
}

std::string_view SharedStringTable::keep(std::string_view text) {
  constexpr std::size_t kBlock = std::size_t{1} << 16;
  if (texts_.empty() || texts_.back().capacity() - texts_.back().size() < text.size()) {
    texts_.emplace_back().reserve(std::max(kBlock, text.size()));
  }
  std::string& block = texts_.back();
  block += text;
  return std::string_view(block).substr(block.size() - text.size());
}

void SharedStringTable::grow() {
  constexpr std::size_t kFirst = 1024;
  std::vector<Slot> old(std::max(kFirst, 2 * slots_.size()));
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.entry == kFree) continue;
    std::size_t at = slot.hash;
    while (slots_[at & (slots_.size() - 1)].entry != kFree) ++at;
    slots_[at & (slots_.size() - 1)] = slot;
  }
}

void SharedStringTable::write(std::string& out, const Spill& spill) const {
  append(out, kXmlHead, "<sst xmlns=\"", kMainNamespace, "\" count=\"", uses_, "\" uniqueCount=\"", entries_.size(),
         "\">");
  for (const Entry& entry : entries_) {
    if (entry.rich) {
      out += entry.text;
    } else {
      out += "<si>";
      append_t(out, entry.text);
      out += "</si>";
    }
    spill(out);
  }
  out += "</sst>";
}

}  // namespace tonghop::xlsx
