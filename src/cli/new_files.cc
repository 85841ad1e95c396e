// Files without a name (Linux: O_TMPFILE) that are linked into the folder once their bytes are on the disk.
#include "cli/new_files.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/parallel.h"
#include "cli/files.h"

namespace tonghop {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

// Hands the bytes to the disk without waiting for it. Whether all were taken.
bool start_writing(const Descriptor& file, std::string_view bytes) {
  const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
  if (written < 0 || static_cast<std::size_t>(written) != bytes.size()) return false;
  ::sync_file_range(file.number(), 0, 0, SYNC_FILE_RANGE_WRITE);  // a hint
  return true;
}

// Waits for the disk, then gives the file its name, unless something has it by now.
bool finish(const Descriptor& file, const Descriptor& folder, const std::string& name) {
  const std::string path = "/proc/self/fd/" + std::to_string(file.number());
  return ::fsync(file.number()) == 0 &&
         ::linkat(AT_FDCWD, path.c_str(), folder.number(), name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

}  // namespace

NewFiles::NewFiles(std::string folder) : folder_(std::move(folder)) {
  Findings trouble;
  for (std::string& name : names_in(folder_, trouble)) names_.insert(std::move(name));
  known_ = trouble.empty();
}

bool NewFiles::is_free(const std::string& name) const {
  const auto marks = lock_files_of(name);
  return known_ && !names_.contains(name) &&
         std::ranges::none_of(marks, [&](const std::string& mark) { return names_.contains(mark); });
}

std::size_t NewFiles::at_once() {
  constexpr rlim_t kMost = 256, kShare = 4;
  rlimit open{};
  if (::getrlimit(RLIMIT_NOFILE, &open) != 0) return 1;
  return static_cast<std::size_t>(std::clamp(open.rlim_cur / kShare, rlim_t{1}, kMost));
}

std::vector<std::size_t> NewFiles::put(const std::vector<NewFile>& files) const {
  std::error_code error;  // without the folder, no file can be opened
  fs::create_directories(folder_, error);
  const Descriptor folder(::open(folder_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  // All are handed over before the first is waited for: the disk has them all to do at once, and the waiting is short.
  std::deque<Descriptor> drafts;
  std::vector<char> put(files.size());
  for (std::size_t f = 0; f < files.size(); ++f) {
    const bool free = is_free(files[f].name);
    drafts.emplace_back(free ? ::openat(folder.number(), ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666) : -1);
    put[f] = static_cast<char>(start_writing(drafts[f], files[f].bytes));
  }
  constexpr unsigned kWaiting = 8;  // for the disk, not for a core
  parallel(
      files.size(),
      [&](std::size_t f) { put[f] = static_cast<char>(put[f] != 0 && finish(drafts[f], folder, files[f].name)); },
      kWaiting);
  std::vector<std::size_t> others;
  for (std::size_t f = 0; f < files.size(); ++f) {
    if (put[f] == 0) others.push_back(f);
  }
  return others;
}

}  // namespace tonghop
