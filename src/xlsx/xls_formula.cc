// Tokens of a formula to text, over a stack of operands.
#include "xlsx/xls_formula.h"

#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "xlsx/characters.h"
#include "xlsx/little_endian.h"

namespace tonghop::xlsx {
namespace {

constexpr std::size_t kLongest = 1800;      // bytes of tokens; Excel has no longer ones
constexpr std::size_t kLongestText = 1000;  // of a formula worth showing; longer ones would cost their square to build

constexpr std::array<std::string_view, 12> kOperators = {"+", "-",  "*", "/",  "^", "&",
                                                         "<", "<=", "=", ">=", ">", "<>"};  // tokens 3 to 14

struct Function {
  unsigned id;
  std::string_view name;
  int operands;  // where their number is fixed
};
constexpr std::array<Function, 18> kFunctions = {{{0, "COUNT", 0},
                                                  {1, "IF", 0},
                                                  {2, "ISNA", 1},
                                                  {3, "ISERROR", 1},
                                                  {4, "SUM", 0},
                                                  {5, "AVERAGE", 0},
                                                  {6, "MIN", 0},
                                                  {7, "MAX", 0},
                                                  {24, "ABS", 1},
                                                  {25, "INT", 1},
                                                  {27, "ROUND", 2},
                                                  {36, "AND", 0},
                                                  {37, "OR", 0},
                                                  {38, "NOT", 1},
                                                  {127, "ISTEXT", 1},
                                                  {128, "ISNUMBER", 1},
                                                  {129, "ISBLANK", 1},
                                                  {169, "COUNTA", 0}}};

class Decompiler {
 public:
  Decompiler(std::string_view tokens, bool biff8, Address at) : tokens_(tokens), biff8_(biff8), at_(at) {}

  std::string run() {
    if (tokens_.size() > kLongest) return "";
    while (sound_ && next_ < tokens_.size()) step(take(1));
    return sound_ && operands_.size() == 1 ? std::move(operands_.back()) : "";
  }

 private:
  unsigned take(std::size_t bytes) {
    sound_ = sound_ && next_ + bytes <= tokens_.size();
    const unsigned number = little_endian(tokens_, next_, bytes);
    next_ += bytes;
    return number;
  }

  std::string pop() {
    if (operands_.empty()) {
      sound_ = false;
      return "";
    }
    std::string operand = std::move(operands_.back());
    operands_.pop_back();
    return operand;
  }

  void push(std::string operand) {
    sound_ = sound_ && operand.size() <= kLongestText;
    operands_.push_back(std::move(operand));
  }

  void step(unsigned token);
  void attribute();
  void text();
  void call(std::optional<int> operands, unsigned id);
  std::string cell(unsigned row, unsigned column, bool shared);
  void reference(bool shared);
  void area(bool shared);

  std::string_view tokens_;
  bool biff8_;
  Address at_;
  std::size_t next_ = 0;
  bool sound_ = true;
  std::vector<std::string> operands_;
};

void Decompiler::step(unsigned token) {
  if (token >= 3 && token <= 14) {
    std::string right = pop();
    push(pop() + std::string(kOperators[token - 3]) + right);
    return;
  }
  // Operands come in three classes, 0x20 apart, which say what the calculation needs, nothing about the text.
  switch (token < 0x40 ? token : (token & 0x1F) | 0x20) {
    case 0x12:
      return push("+" + pop());
    case 0x13:
      return push("-" + pop());
    case 0x14:
      return push(pop() + "%");
    case 0x15:
      return push("(" + pop() + ")");
    case 0x16:
      return push("");
    case 0x17:
      return text();
    case 0x19:
      return attribute();
    case 0x1D:
      return push(take(1) != 0 ? "TRUE" : "FALSE");
    case 0x1E:
      return push(std::to_string(take(2)));
    case 0x1F: {
      const std::uint64_t low = take(4);
      const auto number = std::bit_cast<double>(low | std::uint64_t{take(4)} << 32);
      std::array<char, 32> digits{};
      const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
      return push(std::string(digits.data(), end));
    }
    case 0x21:
      return call(std::nullopt, take(2));
    case 0x22: {
      const int operands = static_cast<int>(take(1) & 0x7F);
      return call(operands, take(2) & 0x7FFF);
    }
    case 0x24:
      return reference(false);
    case 0x25:
      return area(false);
    case 0x2C:
      return reference(true);
    case 0x2D:
      return area(true);
    default:
      sound_ = false;
  }
}

// Notes for the calculation, blanks, and a short form of SUM.
void Decompiler::attribute() {
  const unsigned kind = take(1);
  const unsigned extra = take(2);
  if ((kind & 0x04) != 0) next_ += 2 * (std::size_t{extra} + 1);  // where the branches of CHOOSE begin
  if ((kind & 0x10) != 0) push("SUM(" + pop() + ")");
}

void Decompiler::text() {
  const unsigned length = take(1);
  const bool wide = biff8_ && (take(1) & 1) != 0;
  std::string quoted = "\"";
  for (unsigned i = 0; i < length && sound_; ++i) {
    const unsigned unit = take(wide ? 2 : 1);
    if (unit < 0x80) {
      if (unit == '"') quoted += '"';
      quoted += static_cast<char>(unit);
    } else if (unit < 0x800) {
      quoted += {static_cast<char>(0xC0 | (unit >> 6)), static_cast<char>(0x80 | (unit & 0x3F))};
    } else {
      quoted += {static_cast<char>(0xE0 | (unit >> 12)), static_cast<char>(0x80 | ((unit >> 6) & 0x3F)),
                 static_cast<char>(0x80 | (unit & 0x3F))};
    }
  }
  push(quoted + "\"");
}

void Decompiler::call(std::optional<int> operands, unsigned id) {
  for (const Function& function : kFunctions) {
    if (function.id != id) continue;
    const int count = operands.value_or(function.operands);
    std::string list;
    for (int i = 0; i < count && sound_; ++i) list = pop() + (i == 0 ? "" : "," + list);
    return push(std::string(function.name) + "(" + list + ")");
  }
  sound_ = false;
}

// Both say in their upper bits which of them moves with the formula; BIFF5 has both bits in the row.
std::string Decompiler::cell(unsigned row, unsigned column, bool shared) {
  const unsigned flags = biff8_ ? column : row;
  const bool row_moves = (flags & 0x8000) != 0, column_moves = (flags & 0x4000) != 0;
  const int rows = biff8_ ? 0x10000 : 0x4000;
  int r = static_cast<int>(row) & (rows - 1), c = static_cast<int>(column) & 0xFF;
  if (shared && row_moves) r = (r + at_.row - 1) % rows;
  if (shared && column_moves) c = (c + at_.column - 1) % 0x100;
  return (column_moves ? "" : "$") + column_name(c + 1) + (row_moves ? "" : "$") + std::to_string(r + 1);
}

void Decompiler::reference(bool shared) {
  const unsigned row = take(2);
  push(cell(row, take(biff8_ ? 2 : 1), shared));
}

void Decompiler::area(bool shared) {
  const unsigned first_row = take(2), last_row = take(2);
  const unsigned first_column = take(biff8_ ? 2 : 1), last_column = take(biff8_ ? 2 : 1);
  push(cell(first_row, first_column, shared) + ":" + cell(last_row, last_column, shared));
}

}  // namespace

std::string formula_text(std::string_view tokens, bool biff8, Address at) {
  return cleaned(Decompiler(tokens, biff8, at).run());
}

}  // namespace tonghop::xlsx
