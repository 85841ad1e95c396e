// The captions by which columns and fields of a returned workbook are known, gathered from all templates.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/template.h"

namespace tonghop {

// Texts seen are remembered with their normal form, their fold and what they head, because every agency sends the same
// captions back; so one object serves many workbooks, on one thread.
class CaptionIndex {
 public:
  // `headers`: what columns are called besides, in tables that were typed anew. `printed`: headers that blanks have
  // besides those of the forms.
  explicit CaptionIndex(const std::vector<Template>& forms,
                        const std::vector<std::pair<Role, std::string>>& headers = {},
                        const std::vector<std::pair<Role, std::string>>& printed = {});
  CaptionIndex(const CaptionIndex&) = delete;
  CaptionIndex& operator=(const CaptionIndex&) = delete;

  // All remembered: what is returned stays good until begin().
  const std::string& shown(std::string_view text);   // squeezed(nfc())
  const std::string& folded(std::string_view text);  // fold()
  std::string_view kept(std::string_view text);      // the same text

  // A workbook of this form, or of none that is known (""), comes next: of its texts, most are those of the last one of
  // that form, in the same order. Forgets everything once there is much of it (20,000 texts or 16 MiB), so that what
  // was returned is good no longer: the free text of thousands of agencies must not pile up.
  void begin(const std::string& form);

  bool is_report(std::string_view form) const;  // whether the template of this id lays out the merged report

  // How a header's text is held against the captions of columns.
  enum class Likeness {
    equal,    // as printed
    loosely,  // what stands in brackets left aside, or another usual caption
    nearly    // a letter or a word different
  };
  int role(std::string_view text, Likeness likeness);  // of the column that it heads; -1 when none

  // What a text heads.
  struct Heading {
    int equal = -1, loosely = -1;  // role() of these
    bool group = false;            // the caption of a column group
    int field = -1;                // 0 agency, 1 period, -1 neither
  };
  Heading heading(std::string_view text);

 private:
  using ByFold = std::map<std::string, int, std::less<>>;

  struct Seen {
    bool is_shown = false;             // the next is known
    std::optional<std::string> shown;  // where it is not the text itself
    std::optional<std::string> fold;
    std::optional<Heading> heading;
    std::optional<int> nearly;  // role() of that
  };
  using Entry = std::pair<const std::string, Seen>;
  struct Hash {  // reads eight bytes a step, because captions are long
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const;
  };

  Entry& seen(std::string_view text);
  void look_around(const Entry* entry);
  int equal_role(std::string_view text, bool usual);
  int loose_role(std::string_view text);
  int near_role(std::string_view text);

  std::unordered_map<std::string, Seen, Hash, std::equal_to<>> seen_;
  std::size_t bytes_ = 0;                             // of the texts in it
  std::map<std::string, std::vector<Entry*>> turns_;  // by form: what was asked for in its last workbook, in order
  std::string form_;                                  // of the workbook being read
  std::vector<Entry*> now_;                           // what was asked for in it
  const std::vector<Entry*>* before_ = nullptr;       // and in the one before of the form
  std::size_t next_ = 0;                              // in that
  ByFold roles_, usual_;                              // usual: captions that no form prints
  ByFold fields_, groups_;
  std::set<std::string, std::less<>> reports_;  // ids of templates
  bool digits_head_ = false;                    // one of all these begins with a digit
};

}  // namespace tonghop
