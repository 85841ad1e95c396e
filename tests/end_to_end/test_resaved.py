"""Blank and filled forms, opened and saved again in LibreOffice and in Gnumeric, say what they said before."""

import unittest

import filled
import support
from support import FORMS

# Not compared: the file's name, which differs by purpose, and the raw text of percentages that the form computes, because
# openpyxl saves their formulas without a result and the other two programs compute it. All else must be the same.


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
        cls.sent = {file.name: file for file in files}
        cls.saved = {"LibreOffice": support.libreoffice(files, folder / "libreoffice"),
                     "Gnumeric": support.gnumeric(files, folder / "gnumeric")}

    def compare(self, program, state):
        for file in self.saved[program]:
            if not file.name.startswith(state):
                continue
            with self.subTest(file=file.name):
                self.assertNotEqual(support.sha256(file), support.sha256(self.sent[file.name]))  # it was saved anew
                before, said_before = self.read(self.sent[file.name])
                after, said_after = self.read(file)
                self.assertEqual((said_before, said_after), ("", ""))
                self.assertEqual(len(after), len(before))
                for old, new in zip(before, after):
                    ignored = {"file", "raw"} if old["value"] and not old["raw"] else {"file"}
                    self.assertEqual({k: v for k, v in new.items() if k not in ignored},
                                     {k: v for k, v in old.items() if k not in ignored})
                    if "raw" in ignored:
                        self.assertAlmostEqual(float(new["raw"].rstrip("%")), 100 * float(new["value"]), places=8)

    def test_a_blank_saved_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "blank")

    def test_a_filled_form_saved_by_libreoffice_reads_the_same(self):
        self.compare("LibreOffice", "filled")

    def test_a_blank_saved_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "blank")

    def test_a_filled_form_saved_by_gnumeric_reads_the_same(self):
        self.compare("Gnumeric", "filled")


if __name__ == "__main__":
    unittest.main()
