// Front of the shared strings anew, all else as it was deflated once.
#include "xlsx/press.h"

#include <libdeflate.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <variant>

#include "xlsx/package_writer.h"
#include "xlsx/row_writer.h"
#include "xlsx/shared_strings_writer.h"
#include "xlsx/writer.h"

namespace tonghop::xlsx {
namespace {

bool has_any(std::string_view text, std::span<const std::string> stand_ins) {
  return std::ranges::any_of(stand_ins, [&](const std::string& one) { return text.find(one) != text.npos; });
}

// The text as blocks of a deflate stream that hold it as it is (RFC 1951, 3.2.4). They begin and end between bytes, so
// that any other stream may follow; the last block of all is in that one.
std::string stored_blocks(std::string_view text) {
  std::string blocks;
  while (!text.empty()) {
    const auto length =
        static_cast<std::uint16_t>(std::min<std::size_t>(text.size(), std::numeric_limits<std::uint16_t>::max()));
    blocks += '\0';  // not the last, and stored
    for (const unsigned number : {unsigned{length}, ~unsigned{length}}) {
      blocks += static_cast<char>(number & 0xff);
      blocks += static_cast<char>(number >> 8 & 0xff);
    }
    blocks += text.substr(0, length);
    text.remove_prefix(length);
  }
  return blocks;
}

// The stream of front and tail together, where that of the tail is known.
Deflated with_front(std::string_view front, std::string_view tail, const Deflated& deflated_tail) {
  return {stored_blocks(front) + deflated_tail.bytes,
          libdeflate_crc32(libdeflate_crc32(0, front.data(), front.size()), tail.data(), tail.size()),
          front.size() + deflated_tail.size};
}

}  // namespace

Press::Press(const Workbook& workbook, std::vector<std::string> stand_ins)
    : stand_ins_(std::move(stand_ins)), font_(workbook.font) {
  SharedStringTable strings(font_);
  for (const Sheet& sheet : workbook.sheets) {
    for (const Cell& cell : sheet.cells) {
      const auto* text = std::get_if<std::string>(&cell.value);
      if (text == nullptr || cell.has_formula || !has_any(*text, stand_ins_)) continue;
      const Style& style = workbook.styles.at(static_cast<std::size_t>(cell.style));
      const std::size_t place = cell.runs.empty() ? strings.place(*text) : strings.place(cell.runs, style);
      if (place == front_.size()) front_.push_back({*text, cell.runs, style});
    }
  }
  Deflater deflater(kPartLevel);
  for (const MadePart& part : parts_of(workbook, strings)) {
    std::string xml;
    part.make(xml, kHold);
    if (part.name == kSharedStringsPart) {
      strings.write_head(head_);
      strings.write_from(front_.size(), tail_);
      parts_.emplace_back(part.name, deflater.deflate(tail_));
    } else {
      if (has_any(xml, stand_ins_)) throw std::invalid_argument("a stand-in outside of texts of cells: " + part.name);
      parts_.emplace_back(part.name, deflater.deflate(xml));
    }
    constexpr std::size_t kAround = 256;  // names and headers
    size_ += parts_.back().second.bytes.size() + kAround;
  }
}

std::string Press::front_xml(std::span<const std::string> texts) const {
  std::string xml = head_;
  for (const Front& one : front_) {
    const std::string text = replaced(one.text, stand_ins_, texts);
    if (text.empty() || !fits_a_cell(text)) throw std::invalid_argument("text empty or longer than a cell takes");
    if (one.runs.empty()) {
      append_shared_string(xml, text);
      continue;
    }
    std::vector<Run> runs = one.runs;
    for (Run& run : runs) run.text = replaced(run.text, stand_ins_, texts);
    append_shared_string(xml, runs, one.style, font_);
  }
  return xml;
}

std::string Press::print(std::span<const std::string> texts) const {
  std::string package;
  package.reserve(size_);
  ZipWriter zip([&package](std::string_view bytes) { package += bytes; });
  for (const auto& [name, part] : parts_) {
    zip.add(name, name == kSharedStringsPart ? with_front(front_xml(texts), tail_, part) : part);
  }
  zip.finish();
  return package;
}

std::string replaced(std::string_view text, std::span<const std::string> stand_ins,
                     std::span<const std::string> texts) {
  std::string out;
  while (!text.empty()) {
    std::size_t first = text.npos, which = 0;
    for (std::size_t i = 0; i < stand_ins.size(); ++i) {
      const std::size_t at = text.find(stand_ins[i]);
      if (at < first) std::tie(first, which) = std::pair(at, i);
    }
    out += text.substr(0, first);
    if (first == text.npos) break;
    out += texts[which];
    text.remove_prefix(first + stand_ins[which].size());
  }
  return out;
}

}  // namespace tonghop::xlsx
