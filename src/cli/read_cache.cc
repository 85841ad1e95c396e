// One table in a file of SQLite, which bears other programs beside it and being killed.
#include "cli/read_cache.h"

#include <link.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <span>
#include <stdexcept>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "base/sha256.h"
#include "cli/files.h"

namespace tonghop {
namespace {

namespace fs = std::filesystem;

using Database = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

constexpr int kDaysKept = 90;

long long today() {
  return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count();
}

std::string cache_folder() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets any
    return fs::path(value == nullptr ? "" : value);
  };
  const fs::path named = variable("XDG_CACHE_HOME");
  if (named.is_absolute()) return (named / "tonghop").string();
  const fs::path home = variable("HOME");
  return home.is_absolute() ? (home / ".cache" / "tonghop").string() : "";
}

// The notes of a loaded library or program; a linker puts the hash of all of it there.
int add_notes(dl_phdr_info* loaded, std::size_t /*size*/, void* notes) {
  for (const auto& segment : std::span(loaded->dlpi_phdr, loaded->dlpi_phnum)) {
    if (segment.p_type != PT_NOTE) continue;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader tells addresses as numbers
    const auto* const bytes = reinterpret_cast<const char*>(loaded->dlpi_addr + segment.p_vaddr);
    static_cast<std::string*>(notes)->append(bytes, segment.p_memsz);
  }
  return 0;
}

// The program and its libraries: with others the same file may read otherwise.
std::string program() {
  std::string all = sha256(read_file("/proc/self/exe"));
  ::dl_iterate_phdr(add_notes, &all);
  return all;
}

void put_blob(sqlite3_stmt* statement, int at, const std::string& bytes) {
  sqlite3_bind_blob64(statement, at, bytes.data(), bytes.size(), SQLITE_STATIC);
}

std::string bytes_at(sqlite3_stmt* statement, int at) {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, at));
  return bytes == nullptr ? "" : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, at)));
}

}  // namespace

struct ReadCache::Store {
  struct Entry {
    std::string file;     // SHA-256
    std::string reading;  // empty only to say that it was used
  };

  std::string path;
  std::string reader;                     // SHA-256 of whatever a reading depends on beside the file
  std::unordered_set<std::string> files;  // SHA-256 of those with a reading of that when the store was opened
  Database database{nullptr, sqlite3_close};
  Statement select{nullptr, sqlite3_finalize};
  std::mutex mutex;
  std::vector<Entry> news;     // not written yet
  std::size_t news_bytes = 0;  // of them

  Store(std::string file, std::string by) : path(std::move(file)), reader(std::move(by)) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(path.c_str(), &opened);
    database.reset(opened);
    check(code);
    constexpr int kWait = 2000;  // ms, for another program that is writing
    sqlite3_busy_timeout(opened, kWait);
    // Killed in between, it may lose what it kept last, which is read again; a check sum tells what is torn.
    run("PRAGMA synchronous = OFF");
    run("PRAGMA page_size = 16384");  // a reading takes some 5,000 bytes; without effect where there is a file
    run("CREATE TABLE IF NOT EXISTS reading (file BLOB, reader BLOB, used INTEGER, sha256 BLOB, bytes BLOB,"
        " PRIMARY KEY (file, reader))");
    select = prepared("SELECT used, sha256, bytes FROM reading WHERE file = ? AND reader = ?");
    insert_ = prepared("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?)");
    touch_ = prepared("UPDATE reading SET used = ?3 WHERE file = ?1 AND reader = ?2");
    const Statement all = prepared("SELECT file FROM reading WHERE reader = ?");
    put_blob(all.get(), 1, reader);
    while (sqlite3_step(all.get()) == SQLITE_ROW) files.insert(bytes_at(all.get(), 0));
    check(sqlite3_reset(all.get()));
  }

  // Throws std::invalid_argument where the file is no database, a damaged one or one with other columns.
  void check(int code) const {
    if (code == SQLITE_OK || code == SQLITE_DONE) return;
    const std::string message = sqlite3_errmsg(database.get());
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_ERROR) throw std::invalid_argument(message);
    throw std::runtime_error(message);
  }
  void run(const std::string& sql) const {
    check(sqlite3_exec(database.get(), sql.c_str(), nullptr, nullptr, nullptr));
  }
  Statement prepared(const char* sql) const {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database.get(), sql, -1, &statement, nullptr));
    return {statement, sqlite3_finalize};
  }

  // A transaction around what is looked up spares a look at the file for each. Other programs cannot write meanwhile.
  void begin_reading() {
    constexpr int kTogether = 64;
    if (reading_ == kTogether) end_reading();
    if (reading_++ == 0) sqlite3_exec(database.get(), "BEGIN", nullptr, nullptr, nullptr);
  }
  void end_reading() {
    if (reading_ > 0) sqlite3_exec(database.get(), "COMMIT", nullptr, nullptr, nullptr);
    reading_ = 0;
  }

  // What cannot be written is not kept.
  void write() {
    end_reading();
    try {
      if (!news.empty()) insert();
    } catch (const std::exception& error) {
      spdlog::info("cache: {}", error.what());
      sqlite3_exec(database.get(), "ROLLBACK", nullptr, nullptr, nullptr);
      // Damaged behind its beginning: the next program starts anew.
      std::error_code kept;  // then that one says the same
      if (dynamic_cast<const std::invalid_argument*>(&error) != nullptr) fs::remove(path, kept);
    }
    news.clear();
    news_bytes = 0;
  }

 private:
  void insert() {
    run("BEGIN IMMEDIATE");
    for (const Entry& entry : news) {
      const bool known = entry.reading.empty();
      const std::string sum = known ? "" : sha256(entry.reading);
      sqlite3_stmt* const statement = (known ? touch_ : insert_).get();
      sqlite3_reset(statement);
      put_blob(statement, 1, entry.file);
      put_blob(statement, 2, reader);
      sqlite3_bind_int64(statement, 3, today());
      if (!known) {
        put_blob(statement, 4, sum);
        put_blob(statement, 5, entry.reading);
      }
      sqlite3_step(statement);
      check(sqlite3_reset(statement));  // says how the step ended
    }
    if (!pruned_) run("DELETE FROM reading WHERE used < " + std::to_string(today() - kDaysKept));
    pruned_ = true;
    run("COMMIT");
  }

  Statement insert_{nullptr, sqlite3_finalize};
  Statement touch_{nullptr, sqlite3_finalize};
  int reading_ = 0;  // looked up in the transaction that is open; 0 where none is
  bool pruned_ = false;
};

ReadCache::ReadCache(const Definitions& definitions, const xlsx::Limits& limits) : definitions_(definitions) {
  const std::string folder = cache_folder();
  try {
    if (folder.empty()) throw std::runtime_error("no folder");
    if (fs::create_directories(folder)) fs::permissions(folder, fs::perms::owner_all);
    std::string reader = program() + definitions.fingerprint;
    const auto& [parts, part_bytes, total_bytes, cells, text, depth] = limits;  // all there are
    for (const std::size_t limit : {parts, part_bytes, total_bytes, cells, text, depth})
      reader += " " + std::to_string(limit);
    reader = sha256(reader);
    const fs::path path = fs::path(folder) / "read.sqlite";
    try {
      store_ = std::make_unique<Store>(path.string(), reader);
    } catch (const std::invalid_argument&) {
      fs::remove(path);
      store_ = std::make_unique<Store>(path.string(), reader);
    }
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  } catch (const std::exception& error) {
    spdlog::info("cache \"{}\": {}", folder, error.what());
  }
}

ReadCache::~ReadCache() {
  if (store_ != nullptr) store_->write();
}

std::optional<ReadFile> ReadCache::find(const std::string& sha256_of_file, const std::string& path) {
  if (store_ == nullptr) return std::nullopt;
  std::string sum;
  std::string bytes;
  {
    const std::lock_guard lock(store_->mutex);
    if (store_->files.contains(sha256_of_file)) {
      store_->begin_reading();
      sqlite3_stmt* const select = store_->select.get();
      put_blob(select, 1, sha256_of_file);
      put_blob(select, 2, store_->reader);
      if (sqlite3_step(select) == SQLITE_ROW) {
        sum = bytes_at(select, 1);
        bytes = bytes_at(select, 2);
        if (sqlite3_column_int64(select, 0) < today()) store_->news.push_back({sha256_of_file, {}});
      }
      sqlite3_reset(select);
    }
    if (bytes.empty()) store_->end_reading();  // reading the file takes its time
  }
  if (bytes.empty() || sha256(bytes) != sum) return std::nullopt;
  return restored(bytes, path, definitions_);
}

void ReadCache::put(const std::string& sha256_of_file, const Return& answer, const Findings& findings) {
  if (store_ == nullptr) return;
  std::optional<std::string> bytes = stored(answer, findings);
  if (!bytes) return;
  constexpr std::size_t kHeld = std::size_t{1} << 20;
  const std::lock_guard lock(store_->mutex);
  store_->news_bytes += bytes->size();
  store_->news.push_back({sha256_of_file, std::move(*bytes)});
  if (store_->news_bytes >= kHeld) store_->write();
}

}  // namespace tonghop
