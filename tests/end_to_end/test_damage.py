"""Every named damage, and pairs of them, on every agency form: no value at a wrong indicator, none lost without a word."""

import subprocess
import unittest

import damage
import support


class Damaged(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.made = cls.class_folder()
        cls.results = damage.run(cls.made)

    def each(self, holds):
        for form, verdicts in self.results.items():
            for names, verdict in verdicts.items():
                with self.subTest(form=form, damage=" + ".join(names) or "none"):
                    holds(verdict)

    def test_no_value_is_read_at_an_indicator_where_it_was_not_typed(self):
        self.each(lambda verdict: self.assertEqual(verdict.wrong, []))

    def test_whatever_is_not_read_or_no_longer_there_is_said(self):
        self.each(lambda verdict: self.assertEqual(verdict.silent, []))

    def test_what_is_still_in_the_file_is_read(self):
        self.each(lambda verdict: self.assertGreaterEqual(verdict.right, 0.99 * verdict.expected, verdict.unread))

    def test_scanned_and_read_as_trees_all_are_the_same(self):
        files = sorted(path for path in self.made.glob("*/sent/**/*") if path.suffix == ".xlsx")
        self.assertGreater(len(files), 300)
        for path in files:
            dumped = subprocess.run([support.DUMP_CELLS, path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
            self.assertIn(dumped.returncode, (0, 1), dumped.stderr)  # 3: they are not the same

    def test_there_is_enough_to_judge(self):
        self.assertEqual(list(self.results), support.AGENCY_FORMS)
        for form, verdicts in self.results.items():
            self.assertGreaterEqual(sum(len(names) == 2 for names in verdicts), 20, form)
            self.assertEqual(verdicts[()].right, len(support.input_keys(form)))


if __name__ == "__main__":
    unittest.main()
