"""The same inputs give the same bytes: in any order, as files or as a folder, today and tomorrow."""

import itertools
import os
import shutil
import time
import unittest

import support
from support import RETURNED, WITH_FINDINGS


class SameBytes(support.TestCase):
    def setUp(self):
        super().setUp()
        (self.folder / "in").mkdir()
        for file in RETURNED.glob("*.xlsx"):
            shutil.copy(file, self.folder / "in")
        self.files = sorted(f"in/{file.name}" for file in (self.folder / "in").iterdir())
        self.assertEqual(len(self.files), 5)

    def bytes_of(self, *inputs, name="merged"):
        merged = self.merge(*inputs, name=name, code=WITH_FINDINGS)
        return [path.read_bytes() for path in (merged.path, merged.values_path, merged.findings_path)]

    def test_merging_in_any_order_gives_the_same_bytes(self):
        first = self.bytes_of(*self.files)
        for order in list(itertools.permutations(self.files))[::10]:
            self.assertEqual(self.bytes_of(*order), first, order)

    def test_merging_files_or_their_folder_gives_the_same_bytes(self):
        self.assertEqual(self.bytes_of("in"), self.bytes_of(*self.files))

    def test_one_core_gives_the_same_bytes_as_all(self):
        usual = self.bytes_of("in")
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(cores)})  # the program, too, finds only that one
        self.addCleanup(os.sched_setaffinity, 0, cores)
        self.assertEqual(self.bytes_of("in"), usual)

    def test_naming_a_file_twice_and_in_its_folder_changes_nothing(self):
        self.assertEqual(self.bytes_of("in", self.files[0], self.files[0]), self.bytes_of("in"))

    def test_two_returns_of_one_agency_are_chosen_between_without_regard_to_order(self):
        book = support.openpyxl.load_workbook(self.folder / self.files[0])  # a second return of Bình Lãng, one figure changed
        sheet = book["Biểu mẫu 1"]
        self.assertEqual(sheet["D12"].value, 6)
        sheet["D12"].value = 7
        book.save(self.folder / "in/second.xlsx")
        files = [*self.files, "in/second.xlsx"]
        results = {tuple(self.bytes_of(*order)) for order in (files, files[::-1], files[3:] + files[:3])}
        self.assertEqual(len(results), 1)
        merged = self.merge("in", code=WITH_FINDINGS)
        conflicts = [row for row in merged.findings if row["code"] == "return-conflict"]
        self.assertEqual([(row["severity"], row["agency"]) for row in conflicts], [("error", "UBND xã Bình Lãng")])
        self.assertEqual(conflicts[0]["file"], self.files[0])  # as full as the other, and sorts before it
        self.assertIn("in/second.xlsx", conflicts[0]["message"])
        self.assertIn("D12", conflicts[0]["message"])
        self.assertEqual(merged.values["steering.documents"]["value"], str(7 + 1 + 9 + 10 + 7))

    def test_writing_again_later_gives_the_same_bytes(self):
        def blanks(name):
            self.tonghop("blank", "--agency", "Sở Nội vụ", "--period", "Quý I", "-o", name)
            return support.snapshot(self.folder / name)
        first = blanks("a"), self.bytes_of("in", name="a-merged")
        time.sleep(2.1)  # times in a zip count by two seconds
        os.utime(self.folder / self.files[0])
        self.assertEqual((blanks("b"), self.bytes_of("in", name="b-merged")), first)

    def test_an_output_in_the_input_folder_is_not_taken_for_an_input(self):
        first = self.bytes_of("in", name="in/merged")
        self.assertTrue((self.folder / "in/merged.xlsx").exists())
        self.assertEqual(self.bytes_of("in", name="in/merged"), first)


if __name__ == "__main__":
    unittest.main()
