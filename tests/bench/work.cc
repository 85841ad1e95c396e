// What is measured inside one process, on one thread: the floors, and reading one returned workbook after another.
//
//   work inflate LIST N  -- floor of reading: all parts of the workbooks inflated with libzip, nothing else
//   work read LIST N     -- the same, and in turn with it the workbooks read, matched and interpreted
//   work deflate LIST N  -- floor of writing: the bytes of all parts deflated with zlib at level 6, nothing else
//   work count N FILE... -- the floor once and reading N times a workbook, after an unmeasured reading: guard.py counts
//                           the instructions of the functions counted_*
//
// LIST has a path a line; files are in memory before a clock runs. Prints JSON: CPU milliseconds of each of N rounds.
#include <zip.h>
#include <zlib.h>

#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "forms/submission.h"
#include "mapping/definitions.h"
#include "reconcile/return.h"
#include "xlsx/reader.h"

namespace tonghop {
namespace {

struct File {
  std::string name, bytes;
};

File loaded(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) throw std::runtime_error(path + " cannot be read");
  return {path, bytes.str()};
}

std::vector<File> listed(const std::string& list) {
  std::vector<File> files;
  std::ifstream lines(list);
  for (std::string path; std::getline(lines, path);) files.push_back(loaded(path));
  if (files.empty()) throw std::runtime_error(list + " lists no files");
  return files;
}

// All parts of a package, inflated with libzip.
std::vector<std::string> inflated(const std::string& bytes) {
  std::vector<std::string> parts;
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) throw std::runtime_error("not a zip");
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat);
    std::string part(stat.size, '\0');
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    if (file == nullptr || zip_fread(file, part.data(), part.size()) != static_cast<zip_int64_t>(part.size())) {
      throw std::runtime_error("a part cannot be inflated");
    }
    zip_fclose(file);
    parts.push_back(std::move(part));
  }
  zip_discard(archive);
  return parts;
}

void deflate(const std::vector<std::string>& parts) {
  std::string packed;
  for (const std::string& part : parts) {
    uLongf size = compressBound(part.size());
    packed.resize(size);
    compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(part.data()), part.size(),
              6);
  }
}

// Reads as `tonghop merge` does on each of its threads.
class Reader {
 public:
  Return read(const File& file) {
    Findings findings;
    const xlsx::Workbook book = xlsx::read_workbook(file.bytes, file.name, findings);
    return reconcile(lift(book, file.name, matcher_.captions()), definitions_, matcher_, findings);
  }

 private:
  std::vector<std::string> problems_;
  Definitions definitions_ = load_definitions(shipped_definitions(), shipped_definitions(), problems_);
  Matcher matcher_{definitions_};
};

double milliseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// CPU time of this process spent on all files.
template <typename Work>
double timed(const std::vector<File>& files, const Work& work) {
  const double start = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
  for (const File& file : files) work(file);
  return milliseconds(CLOCK_PROCESS_CPUTIME_ID) - start;
}

nlohmann::json measured(const std::string& what, const std::vector<File>& files, int rounds) {
  nlohmann::json result{{"files", files.size()}};
  std::size_t packed = 0, unpacked = 0;
  for (const File& file : files) {
    packed += file.bytes.size();
    for (const std::string& part : inflated(file.bytes)) unpacked += part.size();
  }
  result["bytes"] = packed;
  result["part_bytes"] = unpacked;
  const double wall = milliseconds(CLOCK_MONOTONIC), cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
  Reader reader;
  for (int i = 0; i < rounds; ++i) {
    if (what == "deflate") {
      double spent = 0;
      for (const File& file : files) {
        const std::vector<std::string> parts = inflated(file.bytes);
        const double start = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
        deflate(parts);
        spent += milliseconds(CLOCK_PROCESS_CPUTIME_ID) - start;
      }
      result["deflate_ms"].push_back(spent);
      continue;
    }
    result["inflate_ms"].push_back(timed(files, [](const File& file) { inflated(file.bytes); }));
    if (what == "read") result["read_ms"].push_back(timed(files, [&](const File& file) { reader.read(file); }));
  }
  // How much longer than it computed it had to wait: other work on the machine.
  result["waited"] = (milliseconds(CLOCK_MONOTONIC) - wall) / (milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu) - 1;
  return result;
}

}  // namespace

// Not inlined and by plain names, so that callgrind can be told to count inside them.
extern "C" __attribute__((noinline)) std::size_t counted_inflate(const File& file) {
  return inflated(file.bytes).size();
}
extern "C" __attribute__((noinline)) std::size_t counted_read(Reader& reader, const File& file) {
  return reader.read(file).observations.size();
}

}  // namespace tonghop

int main(int argc, char** argv) {
  using namespace tonghop;
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 3) {
    std::cerr << "usage: work inflate|read|deflate LIST N, or work count N FILE...\n";
    return 2;
  }
  if (arguments[0] == "count") {
    Reader reader;
    for (std::size_t i = 2; i < arguments.size(); ++i) {
      const File file = loaded(arguments[i]);
      reader.read(file);
      if (counted_inflate(file) == 0) return 1;
      for (int times = std::stoi(arguments[1]); times > 0; --times) {
        if (counted_read(reader, file) == 0) return 1;
      }
    }
    return 0;
  }
  std::cout << measured(arguments[0], listed(arguments[1]), std::stoi(arguments[2])) << "\n";
  return 0;
}
