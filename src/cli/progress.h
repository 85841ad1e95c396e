// One line at the foot of the terminal that tells how far a long loop is: count, rate, time left.
#pragma once

#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>

namespace tonghop {

// Shown while it lives once a second has passed, and removed without a trace. One at a time is shown; loops inside one
// another are not.
class Progress {
 public:
  // Where and in what words ({done}, {all}, {rate} a second, {left} as minutes:seconds); `counting` is said where it is
  // not known how many there are. Nothing is ever shown before this is called.
  struct Words {
    std::string line, counting;
    std::string decimal_mark;
  };
  static void show_on(std::ostream& terminal, int width, Words words);

  explicit Progress(std::size_t all) : all_(all) {}  // 0: not known
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void step();                    // one more is done
  void expect(std::size_t more);  // so many more than was thought
  void clear();                   // off the terminal, until the next step

 private:
  using Clock = std::chrono::steady_clock;

  std::string text(double seconds) const;

  std::size_t all_;
  std::size_t done_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point shown_ = begin_;
  int columns_ = 0;  // that the line takes now
};

}  // namespace tonghop
