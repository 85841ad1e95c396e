"""Blank, filled and returned forms, opened and saved again in LibreOffice and in Gnumeric, as .xlsx and as .ods, say what
they said before."""

import re
import unittest

import filled
import support
from support import FORMS, RETURNED, WITH_FINDINGS

# Not compared: the file's name, which differs by purpose, and the raw text of percentages that the form computes, because
# openpyxl saves their formulas without a result and the other two programs compute it. All else must be the same.


PROTECTION_OFF = re.compile(r"^note: .* no longer protected .*\n", re.M)


class Resaved(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.class_folder()
        cls.forms = filled.Forms(folder)
        files = []
        for state in ("blank", "filled"):
            for form in FORMS:
                files.append(folder / "sent" / f"{state}.{form}.xlsx")
                files[-1].parent.mkdir(exist_ok=True)
                files[-1].write_bytes((folder / state / (form + ".xlsx")).read_bytes())
        for file in sorted(RETURNED.glob("*.xlsx")):
            files.append(folder / "sent" / f"returned.{file.name}")
            files[-1].write_bytes(file.read_bytes())
        cls.sent = {file.stem: file for file in files}
        cls.saved = {("LibreOffice", "xlsx"): support.libreoffice(files, folder / "libreoffice"),
                     ("LibreOffice", "ods"): support.libreoffice(files, folder / "libreoffice", "ods"),
                     ("Gnumeric", "xlsx"): support.gnumeric(files, folder / "gnumeric"),
                     ("Gnumeric", "ods"): support.gnumeric(files, folder / "gnumeric", "ods")}

    def said(self, file):
        """(rows, findings without the file's name, exit code)"""
        result = support.tonghop("read", "--format", "csv", file)
        return support.rows_of(result.stdout, support.READ_HEADER), result.stderr.replace(str(file), "FILE"), result.returncode

    def compare(self, program, extension, state):
        files = [file for file in self.saved[program, extension] if file.name.startswith(state)]
        self.assertEqual(len(files), 5 if state == "returned" else len(FORMS))
        for file in files:
            with self.subTest(file=file.name):
                self.assertNotEqual(support.sha256(file), support.sha256(self.sent[file.stem]))  # it was saved anew
                before, *said_before = self.said(self.sent[file.stem])
                after, *said_after = self.said(file)
                if (program, extension) == ("Gnumeric", "ods"):  # which writes no protection into .ods
                    said_after[0], found = PROTECTION_OFF.subn("", said_after[0])
                    if state != "returned":
                        self.assertEqual(found, 0 if "provincial" in file.name else 1)  # nobody gets that one to fill in
                self.assertEqual(said_after, said_before)
                if state != "returned":
                    self.assertEqual(said_before, ["", support.DONE])
                self.assertEqual(len(after), len(before))
                for old, new in zip(before, after):
                    ignored = {"file", "raw"} if old["value"] and not old["raw"] and new["raw"] else {"file"}
                    self.assertEqual({k: v for k, v in new.items() if k not in ignored},
                                     {k: v for k, v in old.items() if k not in ignored})
                    if "raw" in ignored:
                        self.assertAlmostEqual(float(new["raw"].rstrip("%")), 100 * float(new["value"]), places=8)

    def test_a_blank_saved_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "xlsx", "blank")

    def test_a_filled_form_saved_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "xlsx", "filled")

    def test_a_return_saved_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "xlsx", "returned")

    def test_a_blank_saved_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "xlsx", "blank")

    def test_a_filled_form_saved_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "xlsx", "filled")

    def test_a_return_saved_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "xlsx", "returned")

    def test_a_blank_saved_as_ods_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "ods", "blank")

    def test_a_filled_form_saved_as_ods_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "ods", "filled")

    def test_a_return_saved_as_ods_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "ods", "returned")

    def test_a_blank_saved_as_ods_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "ods", "blank")

    def test_a_filled_form_saved_as_ods_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "ods", "filled")

    def test_a_return_saved_as_ods_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "ods", "returned")

    def test_forms_saved_as_ods_merge_to_the_same_figures(self):
        said = {}
        for extension in ("xlsx", "ods"):
            files = [self.saved["LibreOffice", extension][i] for i, file in enumerate(self.saved["LibreOffice", "xlsx"])
                     if file.name.startswith("filled") and support.SUMMARY_FORM not in file.name]
            said[extension] = self.merge(*files, name=extension, code=WITH_FINDINGS).values
        self.assertEqual(said["ods"], said["xlsx"])
        self.assertGreater(len(said["ods"]), 100)


if __name__ == "__main__":
    unittest.main()
