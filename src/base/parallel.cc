// Threads that take indices from one counter.
#include "base/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace tonghop {

unsigned hardware_threads() {
  // std::thread::hardware_concurrency() counts what the machine has, allowed or not.
  cpu_set_t allowed;
  if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0) return static_cast<unsigned>(CPU_COUNT(&allowed));
  return std::max(1U, std::thread::hardware_concurrency());
}

void parallel(std::size_t count, const std::function<void(std::size_t)>& work, unsigned threads) {
  std::atomic<std::size_t> next = 0;
  std::mutex failing;
  std::exception_ptr failure;
  std::size_t failed = count;  // the index of `failure`
  const auto take = [&] {
    for (std::size_t index = next++; index < count; index = next++) {
      try {
        work(index);
      } catch (...) {
        next = count;  // whatever is lower has been taken
        const std::lock_guard lock(failing);
        if (index < failed) {
          failed = index;
          failure = std::current_exception();
        }
      }
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i) others.emplace_back(take);
    } catch (const std::system_error&) {  // the machine gives no more: the others do it all
    }
    take();
  }
  if (failure != nullptr) std::rethrow_exception(failure);
}

}  // namespace tonghop
