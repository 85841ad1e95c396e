// Files and folders through std::filesystem; renaming for whole output.
#include "cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace tonghop {
namespace {

namespace fs = std::filesystem;

Place whole(const std::string& path) {
  Place place;
  place.file = path;
  return place;
}

std::string reason(int error) { return std::strerror(error); }  // NOLINT(concurrency-mt-unsafe): glibc's is safe

// A hidden file beside the target until it is complete; removed again unless renamed. What a killed program leaves
// behind is passed over by list_inputs, since it is hidden.
class Draft {
 public:
  explicit Draft(const std::string& target) : target_(target), path_(hidden_beside(target)) {
    descriptor_ = ::mkostemp(path_.data(), O_CLOEXEC);
    if (descriptor_ < 0) fail();
  }
  ~Draft() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!done_) ::unlink(path_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail();
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  void finish() {
    // Asking for it changes it for a moment, for all threads.
    static const mode_t mask = [] {
      const mode_t now = ::umask(0);
      ::umask(now);
      return now;
    }();
    if (::fchmod(descriptor_, 0666 & ~mask) != 0 || ::fsync(descriptor_) != 0) fail();
    if (::rename(path_.c_str(), target_.c_str()) != 0) fail();
    done_ = true;
  }

 private:
  static std::string hidden_beside(const fs::path& target) {
    return (target.parent_path() / ("." + target.filename().string() + ".XXXXXX")).string();
  }

  [[noreturn]] void fail() const { throw Error("write-failed", whole(target_), {{"reason", reason(errno)}}); }

  std::string target_;
  std::string path_;
  int descriptor_ = -1;
  bool done_ = false;
};

Finding unreadable(const fs::path& path, const std::string& reason) {
  return {.code = "file-unreadable", .place = whole(path.string()), .details = {{"reason", reason}}};
}

// Paths of files in a folder without links and detours. That of the folder is asked for once.
class RealPaths {
 public:
  // `link`: the file itself is one. "" where it cannot be told.
  fs::path operator()(const fs::path& file, bool link) {
    std::error_code error;
    if (link) return known(fs::weakly_canonical(file, error), error);
    if (const fs::path folder = file.parent_path(); folder != folder_) {
      folder_ = folder;
      real_ = known(fs::weakly_canonical(folder, error), error);
    }
    return real_.empty() ? real_ : real_ / file.filename();
  }

 private:
  static fs::path known(fs::path real, const std::error_code& error) { return error ? fs::path() : std::move(real); }

  fs::path folder_, real_;  // the last
};

// Calls use(path, is a link) for every file below a folder, in no order, without hidden ones and lock files, and
// trouble(finding) for what cannot be looked into. Links to files are followed; those to folders are trouble, so
// that no loop is.
template <typename Use, typename Trouble>
void each_file(const fs::path& root, Use use, Trouble trouble) {
  std::vector<fs::path> folders = {root};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    std::error_code error;
    auto entry = fs::directory_iterator(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const fs::path& path = entry->path();
      if (passed_over(path.filename().string())) continue;
      std::error_code closed;
      const fs::file_status status = entry->status(closed);
      if (fs::is_regular_file(status)) {
        use(path, entry->is_symlink(closed));
      } else if (fs::is_directory(status) && !entry->is_symlink(closed)) {
        folders.push_back(path);
      } else if (fs::is_directory(status)) {
        trouble({.code = "file-link", .place = whole(path.string())});
      } else if (!fs::exists(status)) {
        trouble(unreadable(path, closed.message()));
      }
    }
    if (error) trouble(unreadable(folder, error.message()));
  }
}

}  // namespace

bool passed_over(std::string_view name) { return name.starts_with('.') || name.starts_with("~$"); }

std::array<std::string, 2> lock_files_of(const std::string& name) { return {"~$" + name, ".~lock." + name + "#"}; }

OpenFile::OpenFile(const std::string& path) : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) throw Error("file-unreadable", whole(path), {{"reason", reason(errno)}});
  struct stat about {};
  if (::fstat(descriptor_, &about) == 0 && about.st_size > 0) size_ = static_cast<std::size_t>(about.st_size);
}

OpenFile::~OpenFile() { ::close(descriptor_); }

// `read` takes where to, how much at most and from where on, and says how much it was.
template <typename Read>
std::string OpenFile::read_on(std::string bytes, Read read) const {
  constexpr std::size_t kUnknown = std::size_t{1} << 16;
  std::size_t have = bytes.size();
  // One more than there should be, so that the end is met.
  bytes.resize(size_ > 0 ? std::max(have, size_) + 1 : have + kUnknown);
  while (true) {
    const ssize_t got = read(bytes.data() + have, bytes.size() - have, have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error("file-unreadable", whole(path_), {{"reason", reason(errno)}});
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
    if (have == bytes.size()) bytes.resize(2 * have);
  }
  bytes.resize(have);
  return bytes;
}

std::string OpenFile::head(std::size_t most) const {
  std::string bytes(size_ > 0 ? std::min(most, size_) : most, '\0');
  const ssize_t got = ::pread(descriptor_, bytes.data(), bytes.size(), 0);
  if (got < 0) throw Error("file-unreadable", whole(path_), {{"reason", reason(errno)}});
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

std::string OpenFile::from(std::string begun) const {
  return read_on(std::move(begun), [this](char* to, std::size_t most, std::size_t at) {
    return ::pread(descriptor_, to, most, static_cast<off_t>(at));
  });
}

std::string OpenFile::all() const {
  return read_on("", [this](char* to, std::size_t most, std::size_t) { return ::read(descriptor_, to, most); });
}

std::string read_file(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (status.type() == fs::file_type::none) throw Error("file-unreadable", whole(path), {{"reason", error.message()}});
  if (!fs::exists(status)) throw Error("file-missing", whole(path));
  if (fs::is_directory(status)) throw Error("file-folder", whole(path));
  return OpenFile(path).all();
}

void make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw Error("write-failed", whole(path), {{"reason", error.message()}});
}

void write_file(const std::string& path, std::string_view bytes) {
  write_file(path, [bytes](const HandOn& hand_on) { hand_on(bytes); });
}

void write_file(const std::string& path, const std::function<void(const HandOn&)>& make) {
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) throw Error("write-failed", whole(path), {{"reason", error.message()}});
  const fs::file_status there = fs::status(path, error);  // a device would be replaced by the renaming
  if (fs::exists(there) && !fs::is_regular_file(there)) throw Error("write-taken", whole(path));
  for (const std::string& mark : lock_files_of(fs::path(path).filename().string())) {
    if (fs::exists(folder / mark, error)) throw Error("write-open", whole(path), {{"mark", mark}});
  }
  Draft draft(path);
  make([&draft](std::string_view bytes) { draft.write(bytes); });
  draft.finish();
}

bool lies_within(const std::string& path, const std::string& folder) {
  const auto real = [](const std::string& name) {
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(fs::absolute(name, error), error);
    return whole.has_filename() ? whole : whole.parent_path();  // "a/" is "a"
  };
  const fs::path inner = real(path), outer = real(folder);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

std::vector<InputFile> list_inputs(const std::vector<std::string>& paths, const std::vector<std::string>& outputs,
                                   Findings& findings) {
  struct Listed {
    InputFile input;
    fs::path real;
  };
  std::vector<Listed> listed;
  std::error_code error;
  std::set<fs::path> results;
  for (const std::string& output : outputs) results.insert(fs::weakly_canonical(output, error));
  RealPaths real_path;
  for (const std::string& path : paths) {
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::none) {
      findings.push_back(unreadable(path, error.message()));
      continue;
    }
    if (!fs::exists(status)) {
      findings.push_back({"file-missing", whole(path), {}, "", "", "", ""});
      continue;
    }
    if (!fs::is_directory(status)) {
      fs::path real = fs::weakly_canonical(path, error);
      listed.push_back({{path, true}, error ? fs::path(path) : std::move(real)});
      continue;
    }
    const std::size_t before = listed.size() + findings.size();
    each_file(
        path,
        [&](const fs::path& file, bool link) {
          fs::path real = real_path(file, link);
          if (real.empty()) real = file;
          if (!results.contains(real)) listed.push_back({{file.string(), false}, std::move(real)});
        },
        [&](Finding trouble) { findings.push_back(std::move(trouble)); });
    if (listed.size() + findings.size() == before)
      findings.push_back({"folder-empty", whole(path), {}, "", "", "", ""});
  }
  std::sort(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) {
    return std::tie(a.input.path, b.input.named) < std::tie(b.input.path, a.input.named);
  });
  std::vector<InputFile> inputs;
  std::unordered_set<std::string> seen;
  for (Listed& one : listed) {
    if (seen.insert(one.real.string()).second) inputs.push_back(std::move(one.input));
  }
  return inputs;
}

std::vector<std::string> names_in(const std::string& folder, Findings& findings) {
  std::vector<std::string> names;
  std::error_code error;
  auto entry = fs::directory_iterator(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error))
    names.push_back(entry->path().filename().string());
  if (error && error != std::errc::no_such_file_or_directory) findings.push_back(unreadable(folder, error.message()));
  std::sort(names.begin(), names.end());
  return names;
}

Sources read_definitions_folder(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) throw Error("file-missing", whole(folder));
  std::vector<std::string> paths;
  each_file(
      folder,
      [&](const fs::path& file, bool) {
        if (file.extension() == ".xml") paths.push_back(file.string());
      },
      [](const Finding& trouble) { throw Error(trouble.code, trouble.place, trouble.details); });
  std::sort(paths.begin(), paths.end());
  Sources sources;
  for (const std::string& path : paths) sources.emplace_back(path, read_file(path));
  return sources;
}

}  // namespace tonghop
