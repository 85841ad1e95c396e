// What a typed value means: each line of the input is one cell, and is asked for as every kind of value.
//
// The line's first character says what the cell is: # a number, % a number shown as a percentage, @ a date, ! an error;
// anything else begins a text, in which \n stands for a line end.
#include <algorithm>
#include <cstdlib>

#include "fuzz.h"
#include "reconcile/value.h"

namespace tonghop {
namespace {

SubmittedCell cell_of(std::string_view line) {
  SubmittedCell cell;
  const char kind = line.empty() ? '"' : line[0];
  std::string text(line.substr(line.empty() ? 0 : 1));
  if (kind == '#' || kind == '%' || kind == '@') {
    cell.value = std::strtod(text.c_str(), nullptr);
    cell.percent_format = kind == '%';
    cell.date_format = kind == '@';
  } else if (kind == '!') {
    cell.value = xlsx::ErrorValue{text};
  } else {
    text = line;
    for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n")) text.replace(at, 2, "\n");
    cell.value = text;
  }
  return cell;
}

void check(const Reading& reading, const SubmittedCell& cell, const Input& input) {
  const bool value = reading.value.has_value() || (input.kind == Kind::text && !reading.text.empty());
  fuzz::require(has_value(reading.status) == value, "a value goes with its status");
  fuzz::require(reading.numerator.has_value() == reading.denominator.has_value(), "parts come in pairs");
  fuzz::require(reading.decimals >= 0, "digits are counted from 0");
  if (reading.value) fuzz::check_value(*reading.value, input);
  fuzz::require(!value || reading.candidates.empty(), "what has a value has no other candidates");
  if (reading.status == Status::ambiguous && !cell.date_format) {
    // A number cell with three decimals has its thousandfold as the only other reading; a date may have none.
    const std::size_t least = std::holds_alternative<double>(cell.value) ? 1 : 2;
    fuzz::require(reading.candidates.size() >= least, "what is ambiguous has candidates");
  }
  if (reading.value && input.kind == Kind::percent) agrees(*reading.value, reading.decimals, 1, 3);
}

}  // namespace
}  // namespace tonghop

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonghop;
  const std::vector<Option> options = {{0, "Không"}, {1, "Có"}, {12, "Đã ban hành"}};
  std::string_view rest = fuzz::view(data, size);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const SubmittedCell cell = cell_of(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    raw_text(cell);
    for (const Kind kind : {Kind::count, Kind::amount, Kind::percent, Kind::choice, Kind::text}) {
      Input input;
      input.expected = true;
      input.kind = kind;
      if (kind == Kind::choice) input.options = options;
      check(interpret(cell, input, fuzz::shipped().vocabulary), cell, input);
    }
  }
  return 0;
}
