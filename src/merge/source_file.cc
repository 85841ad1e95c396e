// The values of a return, counted by how they were read.
#include "merge/source_file.h"

namespace tonghop {

void count_values(const Return& answer, SourceFile& source) {
  source.exact = source.normalized = source.extracted = source.settled = 0;
  for (const Observation& one : answer.observations) {
    source.exact += one.status == Status::exact ? 1 : 0;
    source.normalized += one.status == Status::normalized ? 1 : 0;
    source.extracted += one.status == Status::extracted ? 1 : 0;
    source.settled += one.status == Status::settled ? 1 : 0;
  }
  source.values = source.exact + source.normalized + source.extracted + source.settled;
}

}  // namespace tonghop
