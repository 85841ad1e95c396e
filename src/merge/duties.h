// Who owes what, and whose figures are inside another's: what the roster and the mappings say about the members of a
// province.
#pragma once

#include <string>
#include <vector>

#include "mapping/definitions.h"
#include "merge/province.h"
#include "round/round.h"

namespace tonghop {

// Under what names an agency is known, that of the roster first.
std::vector<std::string> names_of(const Member& member, const Round* round);

class Duties {
 public:
  // Both borrowed.
  Duties(const Province& province, const Definitions& definitions);

  // The member's form asks for the indicator, and the member owes it.
  bool owes(int member, int indicator) const { return owed_[at(member)][at(indicator)]; }
  // The same for an agency that sent nothing, by its form on the roster; `absent` is an index into Province::absent.
  bool absent_owes(int absent, int indicator) const { return absent_owed_[at(absent)][at(indicator)]; }

  // Members whose figures contain those of this one: a merged report that has it, then its parent, that agency's parent
  // and so on, as far as they include their children's figures and have sent a return.
  const std::vector<int>& above(int member) const { return above_[at(member)]; }

  // The only member that is meant by one of these names: that is called so exactly, else that is called so with more
  // words behind. None: empty. Several: all of them.
  std::vector<int> called(const std::vector<std::string>& names) const;

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }
  std::vector<bool> owed_by(const Form* form, const std::string& level, const std::vector<std::string>& names,
                            int indicators) const;
  void look_up();

  const Province& province_;
  std::vector<std::vector<std::string>> names_;  // per member
  std::vector<std::vector<std::string>> folds_;  // of these
  std::vector<std::vector<bool>> owed_;          // member x indicator
  std::vector<std::vector<bool>> absent_owed_;   // absent x indicator
  std::vector<std::vector<int>> above_;          // per member
};

}  // namespace tonghop
