// A workbook as plain values: what the reader lifts out of a package and what the writer puts into one. Knows no forms.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tonghop::xlsx {

inline constexpr int kMaxRow = 1048576;
inline constexpr int kMaxColumn = 16384;

struct Address {
  int row = 0;     // from 1, as Excel shows it; at most kMaxRow
  int column = 0;  // from 1 (A); at most kMaxColumn

  friend auto operator<=>(const Address&, const Address&) = default;  // NOLINT(modernize-use-nullptr)
};

std::string column_name(int column);                     // 28 -> "AB"
std::string to_string(Address address);                  // "E12"
std::optional<Address> parse_address(std::string_view);  // "E12", "$e$12"; nothing beyond the grid

struct Area {
  Address first, last;  // both inside; first is upper left

  friend bool operator==(const Area&, const Area&) = default;
};
std::string to_string(const Area& area);  // "A1:B2", "A1" for a single cell
std::optional<Area> parse_area(std::string_view);

struct ErrorValue {
  std::string code = {};  // "#DIV/0!"

  friend bool operator==(const ErrorValue&, const ErrorValue&) = default;
};

// What a cell holds; for a formula, the cached result. monostate: nothing.
using Value = std::variant<std::monostate, double, bool, std::string, ErrorValue>;

// A stretch of rich text.
struct Run {
  std::string text = {};
  bool bold = false;
  bool italic = false;

  friend bool operator==(const Run&, const Run&) = default;
};

struct Cell {
  Address at = {};
  Value value = {};
  std::string formula = {};  // without "="; "" when the cell has none, or shares another cell's (see has_formula)
  bool has_formula = false;
  int style = 0;               // index into Workbook::styles
  std::vector<Run> runs = {};  // formatting of a text value; empty for plain text. Written, not read back.

  friend bool operator==(const Cell&, const Cell&) = default;
};

enum class Horizontal { general, left, center, right };
enum class Vertical { top, center, bottom };

// How a cell looks. The reader fills number_format, locked and font only: nothing else changes what a value means.
struct Style {
  bool bold = false;
  bool italic = false;
  bool underline = false;
  int size = 12;           // points
  std::string color = {};  // text, "RRGGBB"; "" automatic
  std::string fill = {};   // background, "RRGGBB"; "" none
  bool border = false;     // thin, all four sides
  Horizontal horizontal = Horizontal::general;
  Vertical vertical = Vertical::center;
  bool wrap = false;
  int indent = 0;
  std::string number_format = "General";
  bool locked = true;     // takes effect when the sheet is protected
  std::string font = {};  // name, which tells old encodings (".VnTime"); read, not written: see Workbook::font

  friend bool operator==(const Style&, const Style&) = default;
};

// By the first section of the format code, without what is quoted, escaped, padding, colour, condition or locale:
bool is_percent_format(std::string_view number_format);  // it has a %
bool is_date_format(std::string_view number_format);     // it has days, months, years, hours, minutes or seconds

struct ColumnFormat {
  int first = 1, last = 1;
  double width = 9;  // in characters of the default font, as Excel shows it; at most 255
  bool hidden = false;
};

struct RowFormat {
  int row = 1;
  double height = 0;  // points, at most 409; 0 leaves it to the program
  bool hidden = false;
};

// Data validation of some cells.
struct Validation {
  enum class Kind { whole, decimal, list, any } kind = Kind::whole;  // any: there is only a prompt
  std::vector<Area> areas = {};
  // Formulas without "="; one of them may be "", which leaves that side open. For a list `minimum` has the items,
  // joined by "," (at most 255 UTF-16 units), or "=" and a range: "='Lists'!$A$1:$A$9".
  std::string minimum = {}, maximum = {};
  std::string prompt_title = {}, prompt = {};  // at most 32 and 255 UTF-16 units
  std::string error_title = {}, error = {};    // at most 32 and 224
};

struct Hyperlink {
  Address at = {};
  std::string location = {};  // inside the workbook: "'By agency'!C5"
};

// A comment (note) on a cell, replies included.
struct Comment {
  Address at = {};
  std::string text = {};    // when written: 1 to 32,767 UTF-16 units
  std::string author = {};  // at most 54 UTF-16 units; written, not read

  friend bool operator==(const Comment&, const Comment&) = default;
};

// Cells of one row or one column of a sheet.
struct Range {
  std::string sheet = {};
  Area area = {};
};

// Numbers of a chart, one for each of its categories.
struct Series {
  Range name = {};         // one cell
  Range values = {};       // numbers; a cell that is empty or an error is a gap. No texts: Excel would draw them as 0
  std::string color = {};  // "RRGGBB"; "" the next one of a calm palette
};

// A bar chart. What it shows is taken from the cells: the file refers to them and keeps a copy for programs that only
// draw. Cells of hidden rows are shown too.
struct Chart {
  enum class Kind { columns, stacked_columns, bars, stacked_bars } kind = Kind::columns;  // bars lie, the first on top
  std::string title = {};
  Area place = {};  // the cells it covers; for lying bars about one row a category, and six more
  Range categories = {};
  std::vector<Series> series = {};                   // at least one; a legend names them when there are several
  std::string number_format = "General";             // of the values
  std::optional<double> minimum = {}, maximum = {};  // of the axis; else left to the program
  bool labels = false;                               // the value at each bar, in place of an axis
};

struct PrintSetup {
  bool landscape = false;
  int title_first = 0, title_last = 0;  // rows repeated on each page; 0 none
  int title_columns = 0;                // from A, repeated on each page
  int pages_wide = 1;                   // it is scaled to so many pages beside one another
  std::optional<Area> area = {};
  std::string footer = {};  // Excel's codes: "&C&P/&N"; at most 255
};

// Protection without a password: keeps honest people from slips, nobody from anything else.
struct Protection {
  bool format_columns = false, format_rows = false;  // true: allowed all the same
  bool sort = false, filter = false;
};

// A row that is made while its sheet is being written.
struct StreamedRow {
  RowFormat format = {};
  std::vector<Cell> cells = {};  // all in that row, ascending
};

struct Sheet {
  std::string name = {};  // 1 to 31 UTF-16 units, unique in the workbook without regard to case
  bool hidden = false;
  std::vector<Cell> cells = {};  // ascending by row, then column; one per address
  std::vector<Area> merges = {};
  std::vector<ColumnFormat> columns = {};
  std::vector<RowFormat> rows = {};  // ascending
  std::vector<Validation> validations = {};
  std::vector<Hyperlink> links = {};
  std::vector<Comment> comments = {};  // ascending
  std::vector<Chart> charts = {};      // written, not read
  std::optional<Area> filter = {};
  std::optional<Protection> protection = {};
  std::optional<PrintSetup> print = {};
  int frozen_rows = 0, frozen_columns = 0;
  std::string tab_color = {};  // "RRGGBB"; "" none
  // Rows of a sheet too long to be held: it hands them on, one by one, ascending, below those in `cells` and `rows`,
  // and they may be gone after each. Called once a writing, on its thread. `streamed` is the area of the cells. Charts
  // take no account of such rows, notes by `streamed_rows` only. Written, not read.
  std::function<void(const std::function<void(const StreamedRow&)>&)> stream = {};
  std::optional<Area> streamed = {};
  std::vector<RowFormat> streamed_rows = {};  // as they will be handed on, ascending; for boxes of notes among them

  const Cell* find(Address at) const;  // nullptr when nothing is stored there
  Cell& cell(Address at);              // made when it is not there yet
};

struct Workbook {
  std::vector<Sheet> sheets;              // in the order of the tabs
  std::vector<Style> styles = {Style{}};  // [0] is what unstyled cells have
  std::string font = "Times New Roman";
  int active = 0;  // index of the sheet shown first
  bool dates_from_1904 = false;
  int external_links = 0;  // other workbooks that formulas refer to; read, not written
  // When it was last saved, by what it says of itself, in UTC: "2027-04-02T08:15:00Z", or "" when it does not say, or
  // says it without a zone, as .ods files of LibreOffice do. Read, not written.
  std::string modified = {};

  int style(const Style& wanted);  // its index, added when new
};

// Quoted for a formula: 'Theo đơn vị', with apostrophes doubled.
std::string quoted_sheet(std::string_view name);

// For a formula, from any sheet: 'Theo đơn vị'!$B$2:$B$9.
std::string reference(std::string_view sheet, const Area& area);

}  // namespace tonghop::xlsx
