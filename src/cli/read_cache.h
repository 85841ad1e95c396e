// What was read from workbooks before, by the SHA-256 of their bytes, in the user's cache folder (XDG Base Directory).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "mapping/definitions.h"
#include "reconcile/stored.h"
#include "xlsx/limits.h"

namespace tonghop {

// $XDG_CACHE_HOME/tonghop/read.sqlite, else ~/.cache/tonghop/read.sqlite, for its owner only. Trusts nothing but
// hashes: a reading counts for the same bytes, definitions, limits, program and libraries, and only as it was written.
// What was not asked for during 90 days is dropped. Without a folder that can be written to it holds nothing and says
// so in the log. Safe to use from several threads, and by several programs at once.
class ReadCache {
 public:
  ReadCache(const Definitions& definitions, const xlsx::Limits& limits);
  ~ReadCache();  // keeps what was put
  ReadCache(const ReadCache&) = delete;
  ReadCache& operator=(const ReadCache&) = delete;

  // As if the file of these bytes had been read at `path`; nothing when it has to be.
  std::optional<ReadFile> find(const std::string& sha256, const std::string& path);
  void put(const std::string& sha256, const Return& answer, const Findings& findings);

 private:
  struct Store;

  const Definitions& definitions_;
  std::unique_ptr<Store> store_;  // null without one
};

}  // namespace tonghop
