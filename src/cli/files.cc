// Files and folders through std::filesystem; renaming for whole output.
#include "cli/files.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <tuple>

namespace tonghop {
namespace {

namespace fs = std::filesystem;

Place whole(const std::string& path) {
  Place place;
  place.file = path;
  return place;
}

std::string reason(int error) { return std::strerror(error); }  // NOLINT(concurrency-mt-unsafe): one thread

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
    const mode_t mask = ::umask(0);
    ::umask(mask);
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

bool passed_over(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with('.') || name.starts_with("~$");
}

}  // namespace

std::string read_file(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw Error("file-missing", whole(path));
  std::ifstream stream(path, std::ios::binary);
  if (fs::is_directory(status) || !stream) {
    throw Error("file-unreadable", whole(path), {{"reason", fs::is_directory(status) ? "folder" : reason(errno)}});
  }
  std::string bytes;
  if (const auto size = fs::file_size(path, error); !error) bytes.reserve(size);
  std::array<char, 1 << 16> buffer{};
  while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0) {
    bytes.append(buffer.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) throw Error("file-unreadable", whole(path), {{"reason", reason(errno)}});
  return bytes;
}

void write_file(const std::string& path, std::string_view bytes) {
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) throw Error("write-failed", whole(path), {{"reason", error.message()}});
  Draft draft(path);
  draft.write(bytes);
  draft.finish();
}

std::vector<InputFile> list_inputs(const std::vector<std::string>& paths, const std::vector<std::string>& outputs,
                                   Findings& findings) {
  std::vector<InputFile> inputs;
  std::error_code error;
  std::set<fs::path> results;
  for (const std::string& output : outputs) results.insert(fs::weakly_canonical(output, error));
  for (const std::string& path : paths) {
    const auto status = fs::status(path, error);
    if (!fs::exists(status)) {
      findings.push_back({"file-missing", whole(path), {}, "", "", "", ""});
      continue;
    }
    if (!fs::is_directory(status)) {
      inputs.push_back({path, true});
      continue;
    }
    const std::size_t before = inputs.size();
    auto walk = fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error);
    for (const auto end = fs::recursive_directory_iterator(); !error && walk != end; walk.increment(error)) {
      if (passed_over(walk->path())) {
        if (walk->is_directory()) walk.disable_recursion_pending();
        continue;
      }
      if (!walk->is_regular_file() || results.contains(fs::weakly_canonical(walk->path(), error))) continue;
      inputs.push_back({walk->path().string(), false});
    }
    if (error) findings.push_back({"file-unreadable", whole(path), {{"reason", error.message()}}, "", "", "", ""});
    if (inputs.size() == before) findings.push_back({"folder-empty", whole(path), {}, "", "", "", ""});
  }
  std::sort(inputs.begin(), inputs.end(), [](const InputFile& a, const InputFile& b) {
    return std::tie(a.path, b.named) < std::tie(b.path, a.named);
  });
  std::set<fs::path> seen;
  std::erase_if(inputs, [&](const InputFile& input) {
    const fs::path real = fs::weakly_canonical(input.path, error);
    return !seen.insert(error ? fs::path(input.path) : real).second;
  });
  return inputs;
}

Sources read_definitions_folder(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) throw Error("file-missing", whole(folder));
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".xml" && !passed_over(entry.path())) {
      paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  Sources sources;
  for (const std::string& path : paths) sources.emplace_back(path, read_file(path));
  return sources;
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) return "";
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < length; ++i) {
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 15];
  }
  return hex;
}

}  // namespace tonghop
