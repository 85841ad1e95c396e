// Equal work on several threads, with the outcome of one.
#pragma once

#include <cstddef>
#include <functional>

namespace tonghop {

unsigned hardware_threads();  // that this program may run at the same time here; at least 1

// Calls work(index) for every index below `count`, on up to `threads` threads, the caller's among them; none is started
// for a single index. Indices are taken in ascending order. When a call throws, no further index is taken, and the
// exception of the lowest index is thrown here once all calls have come back: the one that a single thread would meet.
void parallel(std::size_t count, const std::function<void(std::size_t)>& work, unsigned threads = hardware_threads());

}  // namespace tonghop
