// Writing shared strings, plain and rich.
#include "xlsx/shared_strings_writer.h"

#include <algorithm>
#include <functional>

#include "xlsx/markup.h"
#include "xlsx/style_elements.h"

namespace tonghop::xlsx {

void append_shared_string(std::string& out, std::string_view text) {
  out += "<si>";
  append_t(out, text);
  out += "</si>";
}

void append_shared_string(std::string& out, const std::vector<Run>& runs, const Style& style, std::string_view font) {
  out += "<si>";
  for (const Run& run : runs) {
    if (run.text.empty()) continue;
    append(out, "<r><rPr>", run.bold ? "<b/>" : "", run.italic ? "<i/>" : "", style.underline ? "<u/>" : "",
           "<sz val=\"", style.size, "\"/><color ");
    if (style.color.empty()) {
      out += "theme=\"1\"";
    } else {
      append(out, "rgb=\"", argb(style.color), "\"");
    }
    out += "/><rFont val=\"";
    append_attribute(out, font);
    out += "\"/></rPr>";
    append_t(out, run.text);
    out += "</r>";
  }
  out += "</si>";
}

std::size_t SharedStringTable::index(std::string_view text, std::size_t guess) {
  ++uses_;
  const bool right = guess < entries_.size() && entries_[guess].text == text && !entries_[guess].rich;
  return right ? guess : place(text);
}

std::size_t SharedStringTable::index(const std::vector<Run>& runs, const Style& style) {
  ++uses_;
  return place(runs, style);
}

std::size_t SharedStringTable::place(std::string_view text) { return place(text, false); }

std::size_t SharedStringTable::place(const std::vector<Run>& runs, const Style& style) {
  std::string element;
  append_shared_string(element, runs, style, font_);
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
  write_head(out);
  write_from(0, out, spill);
}

void SharedStringTable::write_head(std::string& out) const {
  append(out, kXmlHead, "<sst xmlns=\"", kMainNamespace, "\" count=\"", uses_, "\" uniqueCount=\"", entries_.size(),
         "\">");
}

void SharedStringTable::write_from(std::size_t first, std::string& out, const Spill& spill) const {
  for (std::size_t i = first; i < entries_.size(); ++i) {
    if (entries_[i].rich) {
      out += entries_[i].text;
    } else {
      append_shared_string(out, entries_[i].text);
    }
    spill(out);
  }
  out += "</sst>";
}

}  // namespace tonghop::xlsx
