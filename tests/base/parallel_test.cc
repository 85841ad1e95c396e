// Whatever the number of threads: each index once, and the exception that one thread would meet.
#include "base/parallel.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace tonghop {
namespace {

constexpr unsigned kThreads[] = {0, 1, 2, 8};

TEST(Parallel, DoesEachIndexOnce) {
  for (const unsigned threads : kThreads) {
    for (const unsigned count : {0U, 1U, 3U, 1000U}) {
      std::vector<std::atomic<int>> times(count);
      parallel(
          count, [&](std::size_t index) { ++times[index]; }, threads);
      for (const std::atomic<int>& time : times) EXPECT_EQ(time, 1);
    }
  }
}

TEST(Parallel, StartsNoThreadForASingleIndex) {
  std::thread::id worker;
  parallel(
      1, [&](std::size_t) { worker = std::this_thread::get_id(); }, 8);
  EXPECT_EQ(worker, std::this_thread::get_id());
}

TEST(Parallel, WorksAtTheSameTime) {
  std::atomic<int> there = 0;
  // Each waits for the other: with one thread this would not come back.
  parallel(
      2,
      [&](std::size_t) {
        ++there;
        while (there < 2) std::this_thread::yield();
      },
      2);
  EXPECT_EQ(there, 2);
}

TEST(Parallel, CountsOnlyProcessorsThatTheProgramMayUse) {
  cpu_set_t allowed, one;
  ASSERT_EQ(sched_getaffinity(0, sizeof allowed, &allowed), 0);
  int first = 0;
  while (!CPU_ISSET(first, &allowed)) ++first;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  EXPECT_EQ(hardware_threads(), static_cast<unsigned>(CPU_COUNT(&allowed)));
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(hardware_threads(), 1U);
  sched_setaffinity(0, sizeof allowed, &allowed);
}

TEST(Parallel, ThrowsWhatASingleThreadWouldHaveMet) {
  for (const unsigned threads : kThreads) {
    for (int time = 0; time < 20; ++time) {
      std::mutex noting;
      std::set<std::size_t> done;
      std::string thrown;
      try {
        parallel(
            1000,
            [&](std::size_t index) {
              if (index == 40) std::this_thread::yield();  // let a later one throw first
              if (index >= 40) throw std::runtime_error(std::to_string(index));
              const std::lock_guard lock(noting);
              done.insert(index);
            },
            threads);
      } catch (const std::runtime_error& error) {
        thrown = error.what();
      }
      EXPECT_EQ(thrown, "40");
      EXPECT_EQ(done.size(), 40U);
    }
  }
}

}  // namespace
}  // namespace tonghop
