// The only place that touches the disk: whole files in, whole files out.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"

namespace tonghop {

// Throws Error (file-missing, file-unreadable, file-folder).
std::string read_file(const std::string& path);

// A file open for reading, for what is too long to be read whole. Throws Error (file-unreadable).
class OpenFile {
 public:
  explicit OpenFile(const std::string& path);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int descriptor() const { return descriptor_; }
  std::string head(std::size_t most) const;   // its first bytes
  std::string from(std::string begun) const;  // those, and what stands behind them, of a file that is no pipe
  std::string all() const;                    // of a pipe what comes

 private:
  template <typename Read>
  std::string read_on(std::string bytes, Read read) const;

  std::string path_;
  int descriptor_ = -1;
  std::size_t size_ = 0;  // when it was opened; 0 not known
};

// Written beside the target and renamed over it: afterwards there is the new file or, on trouble, the old one, whole.
// Folders on the way are made; what is there and no regular file stays, and so does what is open in Excel or
// LibreOffice, as their lock files say. Throws Error (write-failed, write-taken, write-open).
void write_file(const std::string& path, std::string_view bytes);

// The same for bytes that `make` hands on while it makes them. What it throws comes through, and the old file stays.
using HandOn = std::function<void(std::string_view)>;
void write_file(const std::string& path, const std::function<void(const HandOn&)>& make);

// Makes a folder and those on the way to it, where they are not there. Throws Error (write-failed).
void make_folder(const std::string& path);

// Hidden files and Excel's lock files (~$name.xlsx), by name.
bool passed_over(std::string_view name);

// What lies beside a file that is open, by their names: Excel's lock file and LibreOffice's.
std::array<std::string, 2> lock_files_of(const std::string& name);

// Whether the file or folder is `folder` or lies below it, links followed; neither need be there.
bool lies_within(const std::string& path, const std::string& folder);

struct InputFile {
  std::string path;    // as the user will know it
  bool named = false;  // given on the command line, not found in a folder
};

// Files as given; folders with all files below them in order of their names, without hidden ones, Excel's lock files
// (~$name.xlsx) and `outputs`. What is not there or cannot be looked into (a broken link, a link to a folder), and a
// folder without any file, is a finding. The result does not depend on the order of `paths`, and names each file once.
std::vector<InputFile> list_inputs(const std::vector<std::string>& paths, const std::vector<std::string>& outputs,
                                   Findings& findings);

// Names of what lies in a folder, in their order; none where there is no folder. What cannot be looked into is a
// finding (file-unreadable).
std::vector<std::string> names_in(const std::string& folder, Findings& findings);

// All *.xml below a folder, in order of their names. Throws Error (file-missing, file-unreadable, file-folder,
// file-link).
Sources read_definitions_folder(const std::string& folder);

}  // namespace tonghop
