"""Forms saved as old .xls by LibreOffice and by Gnumeric say what the .xlsx said."""

import shutil
import subprocess
import unittest

import filled
import support
from support import AGENCY_FORMS, FORMS, SURVEY, WITH_FINDINGS


def gnumeric_xls(files, out, exporter):
    """Saves files as .xls by Gnumeric: "excel_biff8" is that of Excel 97, "excel_biff7" that of Excel 95."""
    out.mkdir(parents=True)
    results = []
    for file in files:
        results.append(out / (file.stem + ".xls"))
        subprocess.run(["ssconvert", "-T", "Gnumeric_Excel:" + exporter, str(file), str(results[-1])], check=True,
                       capture_output=True, timeout=60)
    return results


class SavedAsXls(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.made = cls.class_folder()
        filled.Forms(cls.made)
        cls.sent = {}
        for state in ("blank", "filled"):
            for form in FORMS:
                file = cls.made / "sent" / f"{state}.{form}.xlsx"
                file.parent.mkdir(exist_ok=True)
                shutil.copy(cls.made / state / (form + ".xlsx"), file)
                cls.sent[file.stem] = file
        cls.saved = {"LibreOffice": support.libreoffice(cls.sent.values(), cls.made / "libreoffice", "xls"),
                     "Gnumeric": gnumeric_xls(cls.sent.values(), cls.made / "gnumeric", "excel_biff8")}

    def compare(self, program, state):
        """All but the file's name, and the raw text of percentages that the form computes, which openpyxl saves without
        a result."""
        compared = 0
        for file in self.saved[program]:
            if not file.name.startswith(state):
                continue
            with self.subTest(file=file.name):
                before, said_before = self.read(self.sent[file.stem])
                after, said_after = self.read(file)
                self.assertEqual((said_before, said_after), ("", ""))
                self.assertEqual(len(after), len(before))
                for old, new in zip(before, after):
                    ignored = {"file", "raw"} if old["value"] and not old["raw"] else {"file"}
                    self.assertEqual({k: v for k, v in new.items() if k not in ignored},
                                     {k: v for k, v in old.items() if k not in ignored})
                    if "raw" in ignored:
                        self.assertAlmostEqual(float(new["raw"].rstrip("%")), 100 * float(new["value"]), places=8)
                    compared += 1
        self.assertGreater(compared, 700)

    def test_a_blank_saved_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "blank")

    def test_a_filled_form_saved_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "filled")

    def test_a_blank_saved_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "blank")

    def test_a_filled_form_saved_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "filled")

    def test_the_name_does_not_matter(self):
        old = self.saved["LibreOffice"][-1]
        shutil.copy(old, self.folder / "old.xlsx")
        shutil.copy(self.sent[old.stem], self.folder / "new.xls")
        as_new, _ = self.read("old.xlsx")
        as_old, _ = self.read("new.xls")
        self.assertEqual([(row["key"], row["value"]) for row in as_new], [(row["key"], row["value"]) for row in as_old])
        self.assertTrue(any(row["value"] for row in as_new))

    def test_old_and_new_workbooks_merge_alike(self):
        names = ["filled." + form for form in AGENCY_FORMS]
        new = self.merge(*[self.sent[name] for name in names], name="new", code=WITH_FINDINGS)
        old = self.merge(*[file for file in self.saved["LibreOffice"] if file.stem in names], name="old", code=WITH_FINDINGS)
        self.assertEqual(old.values, new.values)

    def test_a_form_in_english_saved_for_excel_95(self):
        # Gnumeric writes Excel 95 in the code page of its locale, which has not all Vietnamese letters.
        self.tonghop("blank", "--definitions", SURVEY, "--template", "school-meals", "-o", self.folder)
        blank = self.folder / "school-meals.xlsx"
        rows, _ = support.TestCase.read(self, "--definitions", SURVEY, blank)
        counts = {row["key"]: 7 for row in rows if row["kind"] == "count"}
        support.fill(blank, self.folder / "filled.xlsx", rows, lambda row: counts.get(row["key"]))
        new, said = self.read("--definitions", SURVEY, "filled.xlsx")
        old, said_old = self.read("--definitions", SURVEY,
                                  gnumeric_xls([self.folder / "filled.xlsx"], self.folder / "biff7", "excel_biff7")[0])
        self.assertTrue(counts)
        self.assertEqual([(row["cell"], row["key"], row["value"], row["status"]) for row in old],
                         [(row["cell"], row["key"], row["value"], row["status"]) for row in new])


if __name__ == "__main__":
    unittest.main()
