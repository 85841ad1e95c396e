// The values of a return, counted by how they were read.
#include "merge/source_file.h"

#include <algorithm>

namespace tonghop {

void count_values(const Return& answer, SourceFile& source) {
  const auto count = [&](Status status) {
    return static_cast<int>(std::count_if(answer.observations.begin(), answer.observations.end(),
                                          [&](const Observation& one) { return one.status == status; }));
  };
  source.exact = count(Status::exact);
  source.normalized = count(Status::normalized);
  source.extracted = count(Status::extracted);
  source.settled = count(Status::settled);
  source.values = source.exact + source.normalized + source.extracted + source.settled;
}

}  // namespace tonghop
