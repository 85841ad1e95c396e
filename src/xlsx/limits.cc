// The one Error of all limits.
#include "xlsx/limits.h"

#include <utility>

namespace tonghop::xlsx {

void refuse_too_large(Place place, std::string_view limit, std::size_t most) {
  const std::string unit = limit == "part" || limit == "size" ? " MiB" : "";
  throw Error("file-too-large", std::move(place),
              {{"limit", std::string(limit)}, {"most", std::to_string(most) + unit}});
}

}  // namespace tonghop::xlsx
