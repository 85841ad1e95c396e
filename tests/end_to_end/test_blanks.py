"""Blank workbooks of all six templates, as openpyxl sees them, and what the program reads out of them: nothing."""

import re
import unittest

import openpyxl

import support
from support import FORMS, IDENTITY_SHEET, KEY_HEADER, Table, get_column_letter, is_formula, tables

INPUT_FILL = "FFFFF8DC"
NOT_OWED_FILL = "FFBFBFBF"
COMPUTED_FILL = "FFEDEDED"
VIETNAMESE = re.compile("[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)


class Blanks(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scratch = support.tempfile.TemporaryDirectory(prefix="tonghop-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.out = support.pathlib.Path(cls.scratch.name)
        for folder, options in (("unnamed", []), ("named", ["--agency", "Sở Nội vụ tỉnh Thử", "--period", "Quý I năm 2027"])):
            for form in FORMS:
                result = support.tonghop("blank", "--template", form, *options, "-o", cls.out / folder)
                assert result.returncode == 0, result.stderr
        cls.kept = {}

    def each(self, folder="unnamed"):
        """(template, path, openpyxl workbook, rows of `read`, what `read` said on stderr) of every blank."""
        for form in FORMS:
            self.place = f"{folder}/{form}"
            path = self.out / folder / (form + ".xlsx")
            if path not in self.kept:
                self.kept[path] = (form, path, openpyxl.load_workbook(path), *self.read(path))
            yield self.kept[path]
        self.place = None

    place = None  # of the blank at hand, for messages

    def _formatMessage(self, msg, standardMsg):
        return f"{self.place}: " + super()._formatMessage(msg, standardMsg)

    def test_without_a_template_named_all_but_the_summary_are_written_and_printed(self):
        result = self.tonghop("blank", "-o", "new/folder")
        self.assertEqual(result.stdout.split(), [f"new/folder/{form}.xlsx" for form in support.AGENCY_FORMS])
        self.assertEqual(sorted(p.name for p in (self.folder / "new/folder").iterdir()),
                         [form + ".xlsx" for form in support.AGENCY_FORMS])

    def test_a_blank_reads_back_without_values_notes_or_findings(self):
        for folder in ("unnamed", "named"):
            for form, path, book, rows, said in self.each(folder):
                self.assertEqual(said, "")
                self.assertEqual([row for row in rows if row["value"] or row["raw"] or row["note"]], [])
                self.assertEqual({row["status"] for row in rows}, {"blank"})
                self.assertEqual({row["template"] for row in rows}, {form})
                self.assertEqual({row["agency"] for row in rows}, {form if folder == "unnamed" else "Sở Nội vụ tỉnh Thử"})

    def test_there_is_a_row_for_every_input_row_of_the_template_in_its_order(self):
        for form, path, book, rows, said in self.each():
            expected = support.input_keys(form)
            keys = [row["key"] for row in rows]
            self.assertEqual(keys[:len(expected)], expected)
            if form != support.SUMMARY_FORM:  # which goes on with the indicators that have no row above
                self.assertEqual(len(keys), len(expected))
            self.assertEqual(len(set(keys)), len(keys))
            self.assertEqual(len({row["indicator"] for row in rows}), len(rows))

    def test_the_summary_has_a_row_for_every_indicator(self):
        rows, _ = self.read(self.out / "unnamed/provincial.xlsx")
        self.assertEqual({row["indicator"] for row in rows}, set(support.indicators()))

    def test_the_hidden_key_column_and_the_value_column_agree_with_what_is_read(self):
        for form, path, book, rows, said in self.each():
            by_sheet = tables(book)
            for row in rows:
                table = by_sheet[row["sheet"]]
                self.assertEqual(table.keys[row["key"]], book[row["sheet"]][row["cell"]].row)
            for table in by_sheet.values():
                letter = get_column_letter(table.key_column)
                self.assertTrue(table.sheet.column_dimensions[letter].hidden)
            self.assertEqual(list(by_sheet), list(dict.fromkeys(row["sheet"] for row in rows)))

    def test_the_hidden_sheet_says_whose_form_it_is(self):
        for folder in ("unnamed", "named"):
            for form, path, book, rows, said in self.each(folder):
                sheet = book[IDENTITY_SHEET]
                self.assertNotEqual(sheet.sheet_state, "visible")
                self.assertEqual([sheet_.title for sheet_ in book.worksheets if sheet_.sheet_state != "visible"], [IDENTITY_SHEET])
                said_there = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
                named = folder == "named"
                self.assertEqual(said_there, {"template": form, "version": support.definition(form).get("version"),
                                              "agency": "Sở Nội vụ tỉnh Thử" if named else None,
                                              "period": "Quý I năm 2027" if named else None})

    def test_agency_and_period_stand_in_the_form(self):
        for form, path, book, rows, said in self.each("named"):
            for name, table in tables(book).items():
                texts = [cell.value for row in book[name].iter_rows(max_row=table.header_row) for cell in row if cell.value]
                self.assertIn("Sở Nội vụ tỉnh Thử", texts)
                self.assertIn("Quý I năm 2027", texts)
                self.assertNotIn("{agency}", " ".join(map(str, texts)))
                self.assertNotIn("………………", " ".join(map(str, texts)))

    def expected_unlocked(self, book, rows, named):
        """(sheet, cell) that an agency may fill in."""
        cells = set()
        for name, table in tables(book).items():
            sheet = book[name]
            if not named:  # the two cells beside the captions of agency and period, merged to the last column
                areas = [area for area in sheet.merged_cells.ranges if area.max_row < table.header_row - 1 and area.min_col > 1]
                self.assertEqual(len(areas), 2, name)
                for area in areas:
                    cells |= {(name, sheet.cell(r, c).coordinate) for r, c in area.cells}
        for row in rows:
            table = tables_of(book)[row["sheet"]]
            cell = book[row["sheet"]][row["cell"]]
            if not is_formula(cell):
                cells.add((row["sheet"], row["cell"]))
            cells.add((row["sheet"], book[row["sheet"]].cell(cell.row, table.note_column).coordinate))
        return cells

    def test_exactly_the_input_cells_are_unlocked_and_tinted(self):
        for folder in ("unnamed", "named"):
            for form, path, book, rows, said in self.each(folder):
                unlocked, tinted, grey, formulas = set(), set(), set(), set()
                for sheet in book.worksheets:
                    self.assertTrue(sheet.protection.sheet, sheet.title)
                    self.assertIsNone(sheet.protection.password)
                    for row in sheet.iter_rows():
                        for cell in row:
                            at = (sheet.title, cell.coordinate)
                            colour = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
                            if not cell.protection.locked:
                                unlocked.add(at)
                            if colour in (INPUT_FILL, NOT_OWED_FILL):
                                tinted.add(at)
                            elif type(cell).__name__ == "MergedCell" and not cell.protection.locked:
                                tinted.add(at)  # openpyxl forgets the fill of cells inside a merged area
                            if colour == COMPUTED_FILL:
                                grey.add(at)
                            if is_formula(cell):
                                formulas.add(at)
                expected = self.expected_unlocked(book, rows, folder == "named")
                self.assertEqual(unlocked, expected)
                self.assertEqual(tinted, expected)
                self.assertEqual(grey, formulas)

    def test_columns_may_be_resized_and_rows_filtered_in_spite_of_protection(self):
        for form, path, book, rows, said in self.each():
            for name in tables(book):
                protection = book[name].protection
                self.assertFalse(protection.formatColumns, name)  # False: not forbidden
                self.assertFalse(protection.autoFilter, name)

    def test_every_input_cell_has_a_validation_with_a_vietnamese_prompt_and_error(self):
        catalogue = support.indicators()
        for form, path, book, rows, said in self.each():
            for row in rows:
                sheet = book[row["sheet"]]
                if is_formula(sheet[row["cell"]]):
                    continue
                rules = [rule for rule in sheet.data_validations.dataValidation if row["cell"] in rule.sqref]
                self.assertEqual(len(rules), 1, row)
                rule = rules[0]
                self.assertTrue(rule.showInputMessage and rule.showErrorMessage)
                for text in (rule.prompt, rule.error, rule.promptTitle, rule.errorTitle):
                    self.assertRegex(text, VIETNAMESE)
                self.assertLessEqual(max(len(rule.promptTitle), len(rule.errorTitle)), 32)
                self.assertLessEqual(max(len(rule.prompt), len(rule.error)), 255)
                self.assertIn(rule.errorStyle, (None, "stop"))
                codes = catalogue[row["indicator"]][1]
                wanted = {"count": ("whole", "greaterThanOrEqual", "0", None),
                          "amount": ("decimal", "greaterThanOrEqual", "0", None),
                          "percent": ("decimal", "between", "0", "1"),
                          "choice": ("list", None, '"' + ",".join(map(str, codes)) + '"', None)}[row["kind"]]
                operator = rule.operator or ("between" if rule.type != "list" else None)
                self.assertEqual((rule.type, None if rule.type == "list" else operator, rule.formula1, rule.formula2), wanted)
                if row["kind"] == "choice":
                    self.assertFalse(rule.showDropDown)  # True would hide the arrow
                    for code in codes:
                        self.assertIn(f"{code} = ", rule.prompt)

    def test_notes_are_text_and_percentages_show_as_such(self):
        for form, path, book, rows, said in self.each():
            for row in rows:
                sheet = book[row["sheet"]]
                cell = sheet[row["cell"]]
                note = sheet.cell(cell.row, tables_of(book)[row["sheet"]].note_column)
                self.assertEqual(note.number_format, "@")
                self.assertEqual("%" in cell.number_format, row["kind"] == "percent", row["label"])

    def test_percentages_with_both_parts_in_the_form_are_formulas_with_a_stored_result(self):
        catalogue = support.indicators()
        for form, path, book, rows, said in self.each():
            at = {row["indicator"]: row for row in rows}
            stored = support.cached_formulas(path)
            for row in rows:
                attributes = catalogue[row["indicator"]][0]
                parts = [at.get(attributes.get(name)) for name in ("numerator", "denominator")]
                formula, value = stored.pop((row["sheet"], row["cell"]), (None, None))
                if None in parts:
                    self.assertIsNone(formula, row)
                    continue
                self.assertIsNotNone(formula, row)
                for part in parts:
                    self.assertEqual(part["sheet"], row["sheet"])
                    self.assertRegex(formula, rf"\b{part['cell']}\b")
            self.assertEqual(stored, {})
            text = support.zipfile.ZipFile(path)
            for name in (n for n in text.namelist() if n.startswith("xl/worksheets/sheet")):
                for cell in re.findall(r"<c [^>]*>(?:(?!</c>).)*<f>(?:(?!</c>).)*</c>", text.read(name).decode()):
                    self.assertIn("<v>", cell)

    def test_no_function_is_newer_than_excel_2010(self):
        for form, path, book, rows, said in self.each():
            for (sheet, cell), (formula, _) in support.cached_formulas(path).items():
                self.assertLessEqual(support.functions(formula), support.OLD_FUNCTIONS, formula)

    def test_no_macros_and_no_links_to_elsewhere(self):
        for form, path, book, rows, said in self.each():
            names = support.zipfile.ZipFile(path).namelist()
            self.assertEqual([name for name in names if "vba" in name.lower() or "external" in name.lower()], [])

    def test_a_form_prints_on_a4_one_page_wide_with_its_header_on_every_page(self):
        for form, path, book, rows, said in self.each():
            for name, table in tables(book).items():
                sheet = book[name]
                self.assertEqual(str(sheet.page_setup.paperSize), "9", name)  # A4
                self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage, name)
                self.assertEqual(int(sheet.page_setup.fitToWidth or 1), 1)
                self.assertEqual(int(sheet.page_setup.fitToHeight), 0)
                first, last = map(int, re.fullmatch(r"\$?(\d+):\$?(\d+)", sheet.print_title_rows).groups())
                self.assertEqual((first, last), (table.header_row - 1, table.header_row))  # a header of two rows
                self.assertEqual(sheet.freeze_panes[1:] if sheet.freeze_panes[1:].isdigit() else None, str(table.header_row + 1))
                area = sheet.print_area if isinstance(sheet.print_area, str) else sheet.print_area[0]
                self.assertRegex(area, rf"\$A\$1:\${get_column_letter(table.key_column - 1)}\$\d+")

    def test_every_sheet_ends_with_the_signature_block(self):
        for form, path, book, rows, said in self.each():
            root = support.definition(form)
            block = root.find("signature")
            if block is None:
                block = support.definition(root.get("extends")).find("signature")
            for name, table in tables(book).items():
                below = [cell.value for row in book[name].iter_rows(min_row=max(table.keys.values()) + 1) for cell in row if cell.value]
                self.assertEqual(below, [line.text for line in block.findall("line")], name)

    def test_the_guide_is_one_page(self):
        for form, path, book, rows, said in self.each():
            guide = book["Hướng dẫn"]
            height = sum(guide.row_dimensions[row].height or 15 for row in range(1, guide.max_row + 1))
            self.assertLess(height, 700)  # points: A4 is 842 high, less margins
            self.assertGreater(guide.max_row, 5)

    def test_bold_and_italic_are_those_of_the_template(self):
        path = self.out / "unnamed/khanh-hoa-2023.xlsx"
        sheet = openpyxl.load_workbook(path)["Phụ lục 2"]
        rows = Table(sheet).keys
        printed = [element for tag in ("row", "section") for element in support.definition("khanh-hoa-2023").iter(tag)]
        self.assertEqual({element.get("key") for element in printed}, set(rows))
        for element in printed:
            style = element.get("style") or ""
            caption = sheet.cell(rows[element.get("key")], 2)
            self.assertEqual((caption.font.b, caption.font.i), ("bold" in style, "italic" in style), element.get("key"))
        shared = support.zipfile.ZipFile(path).read("xl/sharedStrings.xml").decode()
        slanted = re.findall(r"<r><rPr>(?:(?!</rPr>).)*<i ?/>(?:(?!</rPr>).)*</rPr><t[^>]*>([^<]*)</t></r>", shared)
        parts = {element.get("italic") for element in printed if element.get("italic")}
        self.assertGreaterEqual(len(parts), 5)
        self.assertLessEqual(parts, set(slanted))


def tables_of(book, kept={}):
    """The tables of a workbook, found once."""
    if kept.get("book") is not book:
        kept.update(book=book, tables=tables(book))
    return kept["tables"]


if __name__ == "__main__":
    unittest.main()
