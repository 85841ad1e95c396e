// The proof that a patch changed nothing but what it was asked to.
#include <algorithm>
#include <stdexcept>

#include "xlsx/patch.h"

namespace tonghop::xlsx {

// Throws std::runtime_error where the copy says something else than what came.
void Patch::compare(const Workbook& copy) const {
  const auto differs = [](const std::string& where) { throw std::runtime_error("the copy differs: " + where); };
  if (copy.modified != book_.modified || copy.dates_from_1904 != book_.dates_from_1904) differs("properties");
  const bool more = front_ && instead_of_.empty();
  if (copy.sheets.size() != book_.sheets.size() + (more ? 1 : 0)) differs("sheets");
  for (std::size_t s = 0; s < book_.sheets.size(); ++s) {
    const Sheet& before = book_.sheets[s];
    const Sheet& after = copy.sheets[s + (more ? 1 : 0)];
    if (after.name != before.name) differs(before.name);
    if (before.name == instead_of_) continue;
    if (after.hidden != before.hidden) differs(before.name);
    if (after.merges != before.merges || after.cells.size() != before.cells.size()) differs(before.name);
    for (std::size_t c = 0; c < before.cells.size(); ++c) {
      const Cell &was = before.cells[c], &is = after.cells[c];
      const Style& old_style = book_.styles[static_cast<std::size_t>(was.style)];
      const Style& new_style = copy.styles[static_cast<std::size_t>(is.style)];
      const bool same = is.at == was.at && is.value == was.value && is.formula == was.formula &&
                        is.has_formula == was.has_formula && new_style == old_style;
      if (!same) differs(before.name + " " + to_string(was.at));
    }
    const auto part = std::ranges::find(sheets_, before.name, &SheetPart::name);
    if (part == sheets_.end()) differs(before.name);
    std::map<Address, std::string> expected, found;
    for (const Comment& one : before.comments) {
      if (std::string kept = without_lines(one.text, look_.sign); !kept.empty()) expected[one.at] = std::move(kept);
    }
    for (const auto& [at, note] : part->notes) {
      std::string& text = expected[at];
      text += (text.empty() ? "" : "\n") + note;
    }
    for (const Comment& one : after.comments) found[one.at] = one.text;
    if (found != expected) differs(before.name + ", notes");
  }
}

}  // namespace tonghop::xlsx
