// From the bytes of a package to a workbook: which parts there are, then each of them.
#include "xlsx/reader.h"

#include <algorithm>
#include <utility>

#include "base/legacy_text.h"
#include "xlsx/characters.h"
#include "xlsx/comments_reader.h"
#include "xlsx/ods_reader.h"
#include "xlsx/paths.h"
#include "xlsx/properties_reader.h"
#include "xlsx/relationships.h"
#include "xlsx/same_parts.h"
#include "xlsx/shared_strings.h"
#include "xlsx/sheet_reader.h"
#include "xlsx/styles_reader.h"
#include "xlsx/workbook_parts.h"
#include "xlsx/xls_reader.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

// What the workbook part says.
struct BookPart {
  struct Listed {
    std::string name;
    std::string relationship;  // its id, "" when it has none
    bool hidden;
  };
  std::vector<Listed> sheets;  // of all kinds, in the order of the tabs
  int active;                  // index of the tab
  bool dates_from_1904;
};

BookPart read_book(const XmlPart& part, const std::string& file) {
  const pugi::xml_node book = part.root();
  if (!is(book, "workbook")) throw Error(is(book, "document") ? "file-docx" : "file-unknown", Place{.file = file});
  BookPart said{.sheets = {},
                .active = integer(child(child(book, "bookViews"), "workbookView").attribute("activeTab"), 0),
                .dates_from_1904 = flag(child(book, "workbookPr").attribute("date1904"))};
  for (const pugi::xml_node node : child(book, "sheets")) {
    if (!is(node, "sheet")) continue;
    const std::string_view state = node.attribute("state").value();
    said.sheets.push_back({.name = decoded(node.attribute("name").value()),
                           .relationship = std::string(relationship_id(node)),
                           .hidden = state == "hidden" || state == "veryHidden"});
  }
  return said;
}

class WorkbookReader {
 public:
  WorkbookReader(Package& package, Findings& findings, const Limits& limits, Paths& paths)
      : package_(package), findings_(findings), limits_(limits), paths_(paths) {}

  Workbook read();

 private:
  void read_sheets(const BookPart& book);
  bool read_one(const Relationship& relationship, SheetContext& context, Sheet& sheet);

  Package& package_;
  Findings& findings_;
  std::vector<Relationship> relationships_;
  SharedStrings strings_;
  Limits limits_;
  Paths& paths_;
  Workbook workbook_;
};

Workbook WorkbookReader::read() {
  const std::string name = workbook_part(package_);
  if (!package_.has(name))
    throw Error("file-unknown", Place{.file = package_.file()}, {{"problem", "no workbook part"}});
  if (name.ends_with(".bin")) throw Error("file-xlsb", Place{.file = package_.file()});
  thread_local SameParts<BookPart> books;
  const BookPart book = books.of(package_, name, [&](const XmlPart& part) { return read_book(part, package_.file()); });
  relationships_ = read_relationships(package_, name);
  if (const std::string part = part_of_type(package_, relationships_, "sharedStrings"); !part.empty()) {
    strings_ = SharedStrings(package_, part, paths_);
  }
  if (const std::string part = part_of_type(package_, relationships_, "styles"); !part.empty()) {
    thread_local SameParts<std::vector<Style>> styles;
    workbook_.styles = styles.of(package_, part, read_styles);
  }
  workbook_.external_links = static_cast<int>(std::ranges::count_if(
      relationships_, [](const Relationship& one) { return one.type == "externalLink" && !one.external; }));
  workbook_.dates_from_1904 = book.dates_from_1904;
  read_sheets(book);
  return std::move(workbook_);
}

void WorkbookReader::read_sheets(const BookPart& book) {
  SheetContext context(strings_, workbook_.styles, limits_);
  int tab = 0;
  int damaged = 0;
  for (const BookPart::Listed& listed : book.sheets) {
    const bool is_active = tab++ == book.active;
    const auto relationship = std::ranges::find(relationships_, listed.relationship, &Relationship::id);
    if (listed.relationship.empty() || (relationship != relationships_.end() && relationship->type != "worksheet"))
      continue;
    Sheet sheet;
    sheet.name = listed.name;
    sheet.hidden = listed.hidden;
    if (!read_one(relationship != relationships_.end() ? *relationship : Relationship{}, context, sheet)) {
      ++damaged;
      continue;
    }
    if (is_active) workbook_.active = static_cast<int>(workbook_.sheets.size());
    workbook_.sheets.push_back(std::move(sheet));
  }
  if (workbook_.sheets.empty() && damaged > 0) {
    throw Error("file-damaged", Place{.file = package_.file()}, {{"problem", "no sheet can be read"}});
  }
}

// False, with a finding, when the sheet's part is damaged; other sheets may be whole.
bool WorkbookReader::read_one(const Relationship& relationship, SheetContext& context, Sheet& sheet) {
  const auto damaged = [&](const char* code, const Error& error) {
    if (error.finding().code != "file-damaged") throw;
    findings_.push_back(Finding{
        .code = code, .place = {.file = package_.file(), .sheet = sheet.name}, .details = error.finding().details});
  };
  try {
    const PartText text = read_part(package_, relationship.target);
    read_sheet(text, relationship.target, package_.file(), context, sheet, findings_, paths_);
  } catch (const Error& error) {
    damaged("sheet-damaged", error);
    return false;
  }
  try {
    sheet.comments = read_comments(package_, relationship.target);
  } catch (const Error& error) {
    damaged("comments-damaged", error);
  }
  return true;
}

// Texts whose cell has the font of an old 8-bit encoding. An .xlsx is not done here: there each run has its font.
Workbook in_unicode(Workbook book) {
  std::vector<bool> legacy;  // by style
  for (const Style& style : book.styles) legacy.push_back(from_legacy_font("", style.font).has_value());
  for (Sheet& sheet : book.sheets) {
    for (Cell& cell : sheet.cells) {
      const auto style = static_cast<std::size_t>(cell.style);
      auto* text = std::get_if<std::string>(&cell.value);
      if (text == nullptr || !legacy[style]) continue;
      if (auto unicode = from_legacy_font(*text, book.styles[style].font)) *text = std::move(*unicode);
    }
  }
  return book;
}

}  // namespace

Workbook read_workbook(std::string_view bytes, const std::string& file, Findings& findings, const Limits& limits,
                       Paths& paths) {
  if (is_xls(bytes)) return in_unicode(read_xls(bytes, file, findings, limits));
  Package package(bytes, file, limits, paths.scan);
  paths.plain_zip = package.plain_zip();
  if (!package.repeated().empty()) {
    findings.push_back(Finding{.code = "part-repeated",
                               .place = {.file = file},
                               .details = {{"part", cleaned(package.repeated().front())},
                                           {"count", std::to_string(package.repeated().size())}}});
  }
  Workbook book = package.open_document() ? in_unicode(read_ods(package, findings, limits))
                                          : WorkbookReader(package, findings, limits, paths).read();
  book.modified = modified_of(package);
  return book;
}

Workbook read_workbook(std::string_view bytes, const std::string& file, Findings& findings, const Limits& limits) {
  Paths paths;
  return read_workbook(bytes, file, findings, limits, paths);
}

}  // namespace tonghop::xlsx
