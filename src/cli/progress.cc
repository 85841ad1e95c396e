// The line, written over itself.
#include "cli/progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "report/tables.h"

namespace tonghop {
namespace {

struct Place {
  std::ostream* terminal = nullptr;
  int width = 0;
  Progress::Words words;
};

Place& place() {
  static Place only;
  return only;
}

constexpr std::chrono::milliseconds kFirst{1000};  // shorter work is over before anybody looks
constexpr std::chrono::milliseconds kBetween{100};

// 0.5, 7.3, 120: figures that do not flicker.
std::string rate_text(double rate, const std::string& decimal_mark) {
  const auto tenths = static_cast<long long>(std::lround(rate * 10));
  if (tenths >= 100) return std::to_string((tenths + 5) / 10);
  return std::to_string(tenths / 10) + decimal_mark + std::to_string(tenths % 10);
}

std::string minutes(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(seconds));
  const std::string rest = std::to_string(whole % 60);
  return std::to_string(whole / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

}  // namespace

void Progress::show_on(std::ostream& terminal, int width, Words words) {
  place() = {&terminal, width, std::move(words)};
}

std::string Progress::text(double seconds) const {
  const Words& words = place().words;
  const double rate = static_cast<double>(done_) / seconds;
  const bool known = all_ >= done_ && all_ > 0;
  const double left = known ? static_cast<double>(all_ - done_) / rate : 0;
  const std::array<std::pair<std::string, std::string>, 4> details = {{{"done", std::to_string(done_)},
                                                                       {"all", std::to_string(all_)},
                                                                       {"rate", rate_text(rate, words.decimal_mark)},
                                                                       {"left", minutes(left)}}};
  return filled(known ? words.line : words.counting, details);
}

void Progress::step() {
  ++done_;
  const Clock::time_point now = Clock::now();
  if (place().terminal == nullptr || now - begin_ < kFirst || (columns_ > 0 && now - shown_ < kBetween)) return;
  const std::string line = shortened(text(std::chrono::duration<double>(now - begin_).count()), place().width - 1);
  const int columns = columns_of(line);
  const std::string over(static_cast<std::size_t>(std::max(0, columns_ - columns)), ' ');
  *place().terminal << '\r' << line << over << '\r' << std::flush;
  columns_ = std::max(columns, columns_);
  shown_ = now;
}

void Progress::expect(std::size_t more) { all_ += more; }

void Progress::clear() {
  if (columns_ == 0) return;
  *place().terminal << '\r' << std::string(static_cast<std::size_t>(columns_), ' ') << '\r' << std::flush;
  columns_ = 0;
}

}  // namespace tonghop
