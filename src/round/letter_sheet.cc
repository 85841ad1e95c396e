// The sheet of letters -> subjects and texts.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "round/sheets.h"

namespace tonghop {
namespace {

using xlsx::Cell;
using xlsx::Sheet;

constexpr std::array<const char*, kLetters> kNames = {"letters.blank", "letters.reminder", "letters.correction"};

// A text with its line ends, but none around it.
std::string lines_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell.value);
  return text == nullptr ? text_of(cell) : std::string(trimmed(nfc(*text)));
}

class LettersReader {
 public:
  LettersReader(Reading& reading, const Sheet& sheet, Round& round) : reading_(reading), sheet_(sheet), round_(round) {}

  void run() {
    for (const auto& [row, cells] : rows_of(sheet_)) {
      if (subject_ > 0 && body_ > 0) {
        read_row(cells);
        continue;
      }
      for (const auto& [column, cell] : cells) {
        if (reading_.wording().says("letters.subject", text_of(*cell))) subject_ = column;
        if (reading_.wording().says("letters.body", text_of(*cell))) body_ = column;
      }
    }
    for (const auto& [column, id] : {std::pair(subject_, "letters.subject"), std::pair(body_, "letters.body")}) {
      if (column == 0) reading_.missing(reading_.place(sheet_), reading_.caption(id));
    }
  }

 private:
  void read_row(const RowCells& cells) {
    const auto subject = cells.find(subject_);
    const auto body = cells.find(body_);
    if (subject == cells.end() && body == cells.end()) return;  // a remark below the table
    const Cell& name = *cells.begin()->second;
    for (std::size_t l = 0; l < kLetters; ++l) {
      if (!reading_.wording().says(kNames[l], text_of(name))) continue;
      if (first_[l] != nullptr) {
        reading_.wrong("round-twice", reading_.place(sheet_, name.at),
                       {{"what", reading_.caption("letters.letter")}, {"first", to_string(first_[l]->at)}},
                       text_of(name));
        return;
      }
      first_[l] = &name;
      if (subject != cells.end()) round_.letters[l].subject = checked(*subject->second, text_of(*subject->second));
      if (body != cells.end()) round_.letters[l].body = checked(*body->second, lines_of(*body->second));
      return;
    }
    std::vector<std::string> known;
    for (const char* id : kNames) known.push_back(reading_.caption(id));
    reading_.unknown(reading_.place(sheet_, name.at), reading_.caption("letters.letter"), known, text_of(name));
  }

  // Says each {word} in a letter's text that nothing is filled in for.
  std::string checked(const Cell& cell, const std::string& text) {
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
      const std::size_t close = text.find_first_of("{}\n", open + 1);
      if (close == std::string::npos || text[close] != '}') continue;
      const std::string word = text.substr(open + 1, close - open - 1);
      if (std::find(kPlaceholders.begin(), kPlaceholders.end(), word) != kPlaceholders.end()) continue;
      reading_.unknown(reading_.place(sheet_, cell.at), reading_.caption("letters.placeholder"),
                       {kPlaceholders.begin(), kPlaceholders.end()}, word);
    }
    return text;
  }

  Reading& reading_;
  const Sheet& sheet_;
  Round& round_;
  int subject_ = 0, body_ = 0;                    // columns
  std::array<const Cell*, kLetters> first_ = {};  // where each letter is named
};

}  // namespace

void read_letters(Reading& reading, const Sheet& sheet, Round& round) { LettersReader(reading, sheet, round).run(); }

}  // namespace tonghop
