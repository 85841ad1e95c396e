// Two loggers of spdlog: what is done, and what is said, which is printed elsewhere.
#include "cli/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <memory>

#include "base/finding.h"

namespace tonghop {
namespace {

constexpr const char* kSaid = "said";

// Nothing, an earlier log (its lines begin with a year), or what is no file, as a pipe is.
bool may_be_log(const std::string& path) {
  std::error_code error;  // what cannot be looked at cannot be opened either, and that is said then
  if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) == 0) return true;
  std::ifstream file(path, std::ios::binary);
  std::string begin(5, '\0');
  file.read(begin.data(), 5);
  return begin[4] == '-' &&
         std::all_of(begin.begin(), begin.end() - 1, [](unsigned char c) { return std::isdigit(c) != 0; });
}

}  // namespace

void start_log(const std::string& path, bool spoken) {
  const auto stream = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  stream->set_level(spoken ? spdlog::level::debug : spdlog::level::off);
  const auto done = std::make_shared<spdlog::logger>("done", stream);
  done->set_level(spdlog::level::debug);
  done->set_pattern("%v");
  spdlog::set_default_logger(done);
  if (path.empty()) return;
  if (!may_be_log(path)) throw Error("log-foreign", {.file = path});
  try {
    const auto file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
    file->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    done->sinks().push_back(file);
    done->flush_on(spdlog::level::debug);
    const auto said = std::make_shared<spdlog::logger>(kSaid, file);
    said->flush_on(spdlog::level::debug);
    spdlog::register_logger(said);
  } catch (const spdlog::spdlog_ex& trouble) {
    throw Error("log-failed", {.file = path}, {{"reason", trouble.what()}});
  }
}

void keep(Severity severity, std::string_view line) {
  const auto said = spdlog::get(kSaid);
  if (said == nullptr) return;
  said->log(severity == Severity::error     ? spdlog::level::err
            : severity == Severity::warning ? spdlog::level::warn
                                            : spdlog::level::info,
            line);
}

}  // namespace tonghop
