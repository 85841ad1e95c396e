// The captions by which columns and fields of a returned workbook are known, gathered from all templates.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "forms/template.h"

namespace tonghop {

// Texts seen are remembered with their normal form and fold, because every agency sends the same captions back; so one
// object serves many workbooks, on one thread.
class CaptionIndex {
 public:
  // `headers`: what columns are called besides, in tables that were typed anew. `printed`: headers that blanks have
  // besides those of the forms.
  explicit CaptionIndex(const std::vector<Template>& forms,
                        const std::vector<std::pair<Role, std::string>>& headers = {},
                        const std::vector<std::pair<Role, std::string>>& printed = {});

  // Both remembered; the references stay good until trim().
  const std::string& shown(const std::string& text);   // squeezed(nfc())
  const std::string& folded(const std::string& text);  // fold()

  void trim();  // forgets everything once there is much of it: the free text of thousands of agencies must not pile up

  // How a header's text is held against the captions of columns.
  enum class Likeness {
    equal,    // as printed
    loosely,  // what stands in brackets left aside, or another usual caption
    nearly    // a letter or a word different
  };
  int role(const std::string& text, Likeness likeness);  // of the column that it heads; -1 when none
  bool is_group(const std::string& text);                // the caption of a column group
  int field(std::string_view text);                      // 0 agency, 1 period, -1 neither

 private:
  int equal_role(const std::string& text, bool usual);

  std::unordered_map<std::string, std::string> shown_;
  std::unordered_map<std::string, std::string> folds_;
  std::map<std::string, int> roles_;   // by fold
  std::map<std::string, int> usual_;   // by fold: captions that no form prints
  std::map<std::string, int> fields_;  // by fold
  std::map<std::string, int> groups_;  // by fold
};

}  // namespace tonghop
