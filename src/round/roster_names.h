// The names of a roster, found as people write them: without accents, with the province's name behind, inside the name
// of a file. Never a guess: what may be two agencies is none.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "forms/wording.h"
#include "round/file_name.h"
#include "round/round.h"

namespace tonghop {

class RosterNames {
 public:
  // The round is borrowed.
  RosterNames(const Round& round, const Wording& wording);

  // The only agency that is meant by a name: that is called so exactly (Round::find); else so but for accents that were
  // left out, "UBND" before it, the name of the province or of the agency above behind it, or a missing word for its
  // level ("Tân Lập" is "Xã Tân Lập" where nobody else is). -1 when there is none, or more than one.
  int meant_by(std::string_view name) const;

  // The only agency that a file's name, a path or not, tells of: the one to which a file was issued under this name,
  // else whose whole name stands in it, accents or not. Of an agency and one above it the lower is meant, of the
  // coordinating office and another the other. -1 when there is none, or more than one.
  int named_in(std::string_view path) const;

  // The agency with the name that is nearest to this one, which it is not; -1 when none is near.
  int nearest(std::string_view name) const;

 private:
  struct Word {
    std::string folded;  // fold_name()
    std::string bare;    // the same without marks
  };
  using Words = std::vector<Word>;
  struct Known {
    int agency;
    Words words;
    bool whole;  // with the word for its level
  };

  static Words words_of(std::string_view text);
  static bool begins_with(const Words& words, const Words& with);
  static bool fits(const Words& written, const Words& known);
  static std::string key_of(const Words& words, std::size_t first, std::size_t count);
  std::vector<Words> ways_to_write(const Words& name) const;
  void know(int agency, const Words& words, bool whole);
  int only(const Words& written, bool whole) const;
  int lowest(std::vector<int> agencies) const;

  const Round& round_;
  std::vector<Words> before_;                         // may stand before a name
  std::vector<Words> behind_;                         // may stand behind a name
  std::vector<Words> levels_;                         // words for levels, that may be missing
  std::vector<std::pair<Words, Words>> short_words_;  // "phường" -> "p."
  std::unordered_map<std::string, std::vector<Known>> known_;
  IssuedNames issued_;
  std::vector<std::string> folds_;  // of all names, for nearest()
  std::vector<int> fold_agencies_;
  int office_ = -1;
};

}  // namespace tonghop
