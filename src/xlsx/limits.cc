// The one Error of all limits.
#include "xlsx/limits.h"

#include <utility>

namespace tonghop::xlsx {

void refuse_too_large(const Place& place, std::string_view limit, const Limits& limits) {
  std::string most;  // as the user would give it
  if (limit == "parts") most = std::to_string(limits.parts);
  if (limit == "part") most = std::to_string(limits.part_bytes / kMebibyte) + " MiB";
  if (limit == "size") most = std::to_string(limits.total_bytes / kMebibyte) + " MiB";
  if (limit == "cells") most = std::to_string(limits.cells);
  if (limit == "text") most = std::to_string(limits.text);
  if (limit == "depth") most = std::to_string(limits.depth);
  throw Error("file-too-large", place, {{"limit", std::string(limit)}, {"most", most}});
}

}  // namespace tonghop::xlsx
