// Many new files in one folder, each whole or not at all, at half of what write_file() costs the kernel.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

namespace tonghop {

struct NewFile {
  std::string name, bytes;
};

class NewFiles {
 public:
  // Looks once at what lies in the folder, which need not be there.
  explicit NewFiles(std::string folder);

  // How many put() best gets at a time: each is open until it is on the disk, and the rest of the program needs files
  // open, too.
  static std::size_t at_once();

  // Writes those of which neither the file nor a lock file was there. Each gets its name when it is on the disk, so
  // that a program that is killed leaves nothing unfinished. Returns the indices of all others, in their order, for
  // write_file(), which also says why: what is there already, and whatever did not go.
  std::vector<std::size_t> put(const std::vector<NewFile>& files) const;

 private:
  bool is_free(const std::string& name) const;

  std::string folder_;
  bool known_ = true;  // what lies there
  std::unordered_set<std::string> names_;
};

}  // namespace tonghop
