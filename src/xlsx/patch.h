// A workbook that somebody sent, changed in a few places and otherwise byte for byte as it came: cells get another fill
// and a note, one sheet is put in front.
//
// Kept: every part that is not named here, with its compressed bytes; values, formulas, formats, names, protection,
// macros, drawings. In parts that are changed all bytes but the following stay:
//
//   xl/workbook.xml         the new sheet and its repeated rows; activeTab, firstSheet; localSheetId of names
//   xl/_rels, [Content_Types].xml, a sheet's own _rels       what is new
//   xl/styles.xml           fonts, fills, borders and cell formats behind those that are there
//   xl/worksheets/*.xml     s of cells, cells and rows that were not there, legacyDrawing; tabSelected
//   xl/comments*.xml, xl/drawings/vmlDrawing*.vml            notes added, own earlier ones taken out
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "xlsx/limits.h"
#include "xlsx/package.h"
#include "xlsx/patch_notes.h"
#include "xlsx/patch_styles.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

class Patch {
 public:
  // Borrows `bytes`, which must outlive it. Notes whose lines begin with the sign of `notes` are from an earlier patch
  // and are taken out. Throws Error as read_workbook() does, and copy-unmarked (problem) for what is no .xlsx or is
  // written in a way that is not changed here: another encoding than UTF-8, a shared workbook with its history.
  Patch(std::string_view bytes, std::string file, NoteLook notes, const Limits& limits = {});

  const Workbook& workbook() const { return book_; }  // as it came
  bool is_signed() const;                             // carries a digital signature, which no change survives

  // Sheets are named as in workbook(). The fill is markup of the styles part, "" none. Error copy-unmarked (problem)
  // where the sheet's part is not one that can be changed.
  std::string fill_of(const std::string& sheet, Address at);
  void set_fill(const std::string& sheet, Address at, const std::string& fill);
  // False where a conversation stands on the cell: Excel shows no note beside it. Lines begin with the sign.
  bool set_note(const std::string& sheet, Address at, const std::string& text);
  // The only sheet of `front`, with number formats that are built in, becomes the first and is the one shown; a (2)
  // behind its name when there is one of that name. Or it takes the place and the name of `instead_of`.
  void put_first(Workbook front, const std::string& instead_of);

  // The package. It has been read again and every cell, note and sheet that stays compared with what came; where one
  // differs, and where a part cannot be changed, Error copy-unmarked (problem).
  std::string bytes();

 private:
  struct SheetPart {
    std::string name;  // of the sheet
    std::string part;
    std::map<Address, int> formats = {};  // of cells, once asked for
    bool asked = false;
    std::map<Address, std::string> fills = {}, notes = {};
    std::vector<Address> conversations = {};
  };

  void find_parts();
  SheetPart& sheet(const std::string& name);
  const Sheet* read_sheet(const std::string& name) const;
  const std::string& text_of(const std::string& part);
  int format_at(SheetPart& sheet, Address at);
  std::string free_name(const std::string& folder, const std::string& stem, const std::string& extension);
  std::string add_relationship(const std::string& part, const std::string& type, const std::string& target);
  void add_content_type(const std::string& markup);
  std::string_view relationship_namespace() const;
  std::string of_this_kind(std::string markup) const;
  void change_cells(SheetPart& sheet);
  void change_notes(SheetPart& sheet);
  void insert_front();
  void add_front_to_workbook(const std::string& part);
  void add_print_titles();
  std::string made();
  void compare(const Workbook& copy) const;

  std::string_view bytes_;
  std::string file_;
  NoteLook look_;
  Limits limits_;
  Package package_;
  Workbook book_;
  bool strict_ = false;  // ISO 29500 strict, whose namespaces are others
  std::string workbook_part_, styles_part_;
  std::vector<SheetPart> sheets_;         // worksheets
  std::vector<std::string> other_parts_;  // sheets of other kinds
  std::set<std::string> sheet_names_;     // of all kinds, in lower case
  std::optional<PatchedStyles> styles_;
  std::optional<Workbook> front_;
  std::string instead_of_;
  std::map<std::string, std::string> changed_;  // parts
};

}  // namespace tonghop::xlsx
