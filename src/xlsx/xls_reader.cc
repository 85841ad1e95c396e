// From the bytes of an .xls to a workbook: what holds for all of it, then each sheet, then their values.
#include "xlsx/xls_reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "xlsx/biff.h"
#include "xlsx/characters.h"
#include "xlsx/compound_file.h"
#include "xlsx/little_endian.h"
#include "xlsx/number_format.h"
#include "xlsx/properties_reader.h"
#include "xlsx/xls_sheet_reader.h"

namespace tonghop::xlsx {
namespace {

constexpr unsigned kBiff5 = 0x500, kBiff8 = 0x600, kWorkbook = 5;

// Whether the bytes are the stream of a workbook of BIFF5 or later; 0 when they are not.
unsigned biff_version(std::string_view stream) {
  const bool begins = little_endian(stream, 0, 2) == static_cast<unsigned>(Biff::begin);
  const unsigned version = little_endian(stream, 4, 2);
  const bool known = version == kBiff5 || version == kBiff8;
  return begins && known && little_endian(stream, 6, 2) == kWorkbook ? version : 0;
}

class XlsReader {
 public:
  XlsReader(std::string_view stream, const std::string& file, Findings& findings, const Limits& limits)
      : book_{.stream = stream, .file = file, .limits = limits}, findings_(findings) {
    book_.biff8 = biff_version(stream) == kBiff8;
  }

  Workbook read();

 private:
  // As the workbook lists them.
  struct Listed {
    std::size_t at;
    bool hidden;
    bool worksheet;
    std::size_t name;  // index of a text
  };
  struct Format {
    unsigned font, number_format;
    bool locked;
  };

  [[noreturn]] void refuse(const char* code, const char* problem) const {
    throw Error(code, Place{.file = book_.file}, {{"problem", problem}});
  }
  void read_globals();
  void read_global(BiffRecord& record);
  void read_strings(BiffCursor& content);
  void read_external(const BiffRecord& record);
  void read_values();
  std::vector<Style> styles() const;

  XlsBook book_;
  Findings& findings_;
  std::vector<Listed> listed_;
  std::vector<std::size_t> fonts_;  // their names, as indexes of texts
  std::map<unsigned, std::size_t> number_formats_;
  std::vector<Format> formats_;
  std::set<std::u16string> external_;
  unsigned active_ = 0;  // counts sheets of all kinds
  bool from_1904_ = false;
};

void XlsReader::read_globals() {
  BiffReader reader(book_.stream, 0);
  BiffRecord record;
  reader.next(record);
  for (int depth = 1; depth > 0;) {
    if (!reader.next(record)) refuse("file-damaged", "the workbook is cut off");
    if (record.type == Biff::begin) ++depth;
    if (record.type == Biff::end) --depth;
    if (record.type == Biff::file_pass) refuse("file-encrypted", "password");
    if (depth == 1) read_global(record);
    if (record.content.failed()) refuse("file-damaged", "a record is too short");
  }
}

void XlsReader::read_global(BiffRecord& record) {
  BiffCursor& content = record.content;
  switch (record.type) {
    case Biff::code_page:
      book_.code_page = content.u16();
      break;
    case Biff::date_mode:
      from_1904_ = content.u16() != 0;
      break;
    case Biff::window:
      content.skip(10);
      active_ = content.u16();
      break;
    case Biff::font: {
      content.skip(14);
      const unsigned length = content.u8();
      fonts_.push_back(book_.values.add_text(book_.text_at(content, length)));
      break;
    }
    case Biff::format: {
      const unsigned id = content.u16();
      const unsigned length = book_.biff8 ? content.u16() : content.u8();
      number_formats_[id] = book_.values.add_text(book_.text_at(content, length));
      break;
    }
    case Biff::format_cell: {
      const unsigned font = content.u16(), number_format = content.u16();
      formats_.push_back({font, number_format, (content.u16() & 1) != 0});
      break;
    }
    case Biff::bound_sheet: {
      const std::uint32_t at = content.number(4);
      const bool hidden = (content.u8() & 3) != 0;
      const bool worksheet = content.u8() == 0;
      const unsigned length = content.u8();
      listed_.push_back({at, hidden, worksheet, book_.values.add_text(book_.text_at(content, length))});
      break;
    }
    case Biff::shared_strings:
      read_strings(content);
      break;
    case Biff::external_book:
    case Biff::extern_sheet:
      read_external(record);
      break;
    default:
      break;
  }
}

// As many as there are; what the record says of their number is not believed.
void XlsReader::read_strings(BiffCursor& content) {
  content.skip(8);
  while (content.more()) {
    const unsigned length = content.u16();
    const std::u16string text = content.text(length);
    if (content.failed()) break;  // cells that want more find nothing
    book_.strings.push_back(book_.values.add_text(text));
  }
}

// Both name a workbook, BIFF8 once each, BIFF5 once for each of its sheets ("\1[other.xls]Sheet"). Records of other
// lengths and first characters mean this workbook itself, or what programs add to Excel.
void XlsReader::read_external(const BiffRecord& record) {
  BiffCursor content = record.content;  // what is wrong here makes no cell wrong
  if (book_.biff8 && record.type == Biff::external_book && record.size > 4) {
    content.skip(2);
    const unsigned length = content.u16();
    external_.insert(content.text(length));
  } else if (!book_.biff8 && record.type == Biff::extern_sheet && record.size > 2) {
    const std::u16string name = book_.text_at(content, content.u8());
    const std::size_t end = name.find(u']');
    if (name.starts_with(u'\1')) external_.insert(name.substr(0, end));
  }
}

void XlsReader::read_values() {
  try {
    book_.values.read();
  } catch (const std::runtime_error& error) {
    refuse("file-damaged", error.what());
  }
}

std::vector<Style> XlsReader::styles() const {
  std::vector<Style> styles;
  for (const Format& format : formats_) {
    Style& style = styles.emplace_back();
    const auto known = number_formats_.find(format.number_format);
    style.number_format = known != number_formats_.end()
                              ? cleaned(book_.values.text(known->second))
                              : std::string(builtin_format(static_cast<int>(format.number_format)));
    style.locked = format.locked;
    const unsigned font = format.font > 4 ? format.font - 1 : format.font;  // there is no number 4
    if (font < fonts_.size()) style.font = cleaned(book_.values.text(fonts_[font]));
  }
  if (styles.empty()) styles.emplace_back();
  return styles;
}

Workbook XlsReader::read() {
  read_globals();
  if (listed_.size() > book_.limits.parts) refuse_too_large({.file = book_.file}, "parts", book_.limits);
  book_.styles = static_cast<int>(formats_.size());
  Workbook workbook;
  workbook.dates_from_1904 = from_1904_;
  workbook.external_links = static_cast<int>(external_.size());
  std::vector<std::optional<XlsSheet>> sheets;
  std::vector<Finding> damaged;
  bool any_result = false;
  for (const Listed& listed : listed_) {
    sheets.emplace_back();
    if (!listed.worksheet) continue;
    try {
      sheets.back().emplace(book_, listed.at);
      any_result = any_result || sheets.back()->has_results();
    } catch (const Error& error) {
      if (error.finding().code != "file-damaged") throw;
      damaged.push_back(error.finding());
    }
  }
  read_values();
  workbook.styles = styles();
  std::size_t bad = 0;
  for (std::size_t i = 0; i < listed_.size(); ++i) {
    if (!listed_[i].worksheet) continue;
    std::string name = cleaned(book_.values.text(listed_[i].name));
    if (!sheets[i]) {
      findings_.push_back(Finding{
          .code = "sheet-damaged", .place = {.file = book_.file, .sheet = name}, .details = damaged[bad++].details});
      continue;
    }
    if (!any_result) sheets[i]->drop_results();
    if (i == active_) workbook.active = static_cast<int>(workbook.sheets.size());
    workbook.sheets.push_back(sheets[i]->finish(book_, std::move(name), listed_[i].hidden, findings_));
  }
  if (workbook.sheets.empty() && bad > 0) refuse("file-damaged", "no sheet can be read");
  return workbook;
}

}  // namespace

bool is_xls(std::string_view bytes) {
  if (is_compound_file(bytes)) return judge_compound_file(bytes) == "file-old-xls";
  return biff_version(bytes) != 0;
}

Workbook read_xls(std::string_view bytes, const std::string& file, Findings& findings, const Limits& limits) {
  std::string stream(is_compound_file(bytes) ? "" : bytes);
  std::string modified;
  if (is_compound_file(bytes)) {
    const CompoundFile container(bytes);
    // Files for Excel 5 and Excel 97 in one have both.
    auto found = container.read(container.has("Workbook") ? "Workbook" : "Book");
    if (!found) throw Error("file-damaged", Place{.file = file}, {{"problem", "the workbook is cut off"}});
    stream = std::move(*found);
    modified = modified_of(container);
  }
  if (biff_version(stream) == 0) throw Error("file-old-xls", Place{.file = file});
  Workbook workbook = XlsReader(stream, file, findings, limits).read();
  workbook.modified = std::move(modified);
  return workbook;
}

}  // namespace tonghop::xlsx
