// Writes packages whose parts are made while they are being written: a large one is never held, and deflated by several
// threads.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "xlsx/zip_writer.h"

namespace tonghop::xlsx {

inline constexpr int kPartLevel = 6;  // of Deflater, for a part that is deflated as a whole: as small as zlib's 9

// Called between elements of a part with what is there of it: takes all and leaves "", or leaves it.
using Spill = std::function<void(std::string& text)>;
inline const Spill kHold = [](std::string&) {};

// Appends a part to `text`; what has been spilled is gone from it. A part that is not large may leave `spill` alone.
using MakePart = std::function<void(std::string& text, const Spill& spill)>;

struct MadePart {
  std::string name;
  MakePart make;
};

// All parts are made on the caller's thread, one after the other, and stand in the zip in this order. Equal parts give
// equal bytes, whatever the number of threads. What `make` throws comes through. Throws std::runtime_error as ZipWriter
// does.
void write_parts(const std::vector<MadePart>& parts, const Sink& sink, unsigned threads = hardware_threads());

}  // namespace tonghop::xlsx
