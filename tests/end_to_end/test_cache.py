"""What was read before is not read again, and nobody can tell from the result: file changed, cache broken, shared, absent."""

import concurrent.futures
import hashlib
import os
import re
import shutil
import sqlite3
import unittest
import unittest.mock

import support
from support import SURVEY

FILES = 30  # the program reads the first 20 without looking into its cache


class Cache(support.TestCase):
    """Thirty schools of a made-up survey; the pupils of each are its number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.class_folder()
        (cls.home / "returns").mkdir()
        cls.book, cls.names = support.blank_school(cls.home)
        for number in range(FILES):
            cls.save(number, number)

    @classmethod
    def save(cls, number, pupils):
        for cell in cls.names:
            cell.value = f"School {number:02}"
        table = support.tables(cls.book)
        name, first = next((name, one) for name, one in table.items() if "1.1.a" in one.keys)
        column = next(cell.column for cell in cls.book[name][first.header_row] if cell.value == "Figure")
        cls.book[name].cell(first.keys["1.1.a"], column).value = pupils
        cls.book.save(cls.home / f"returns/{number:02}.xlsx")

    def setUp(self):
        super().setUp()
        self.addCleanup(os.environ.__setitem__, "XDG_CACHE_HOME", os.environ["XDG_CACHE_HOME"])
        os.environ["XDG_CACHE_HOME"] = str(self.folder / "cache")

    @property
    def cache(self):
        return self.folder / "cache/tonghop/read.sqlite"

    def merge(self, name, *options, definitions=SURVEY):
        """The merged workbook's SHA-256, and how many files were known."""
        path = self.folder / (name + ".xlsx")
        result = support.tonghop("--definitions", definitions, "--verbose", "merge", "returns", "-o", path, *options,
                                 cwd=self.home)
        self.assertIn(result.returncode, (support.DONE, support.WITH_FINDINGS), result)
        return hashlib.sha256(path.read_bytes()).hexdigest(), len(re.findall("known returns/", result.stderr))

    def test_only_what_changed_is_read_again(self):
        first, known = self.merge("first")
        self.assertEqual(known, 0)
        self.assertEqual(self.merge("second"), (first, FILES - 20))
        self.assertEqual(self.merge("third"), (first, FILES - 20))
        self.assertEqual(self.merge("anew", "--no-cache"), (first, 0))
        pupils = 1000
        self.save(FILES - 1, pupils)
        self.addCleanup(self.save, FILES - 1, FILES - 1)
        changed, known = self.merge("changed")
        self.assertNotEqual(changed, first)
        self.assertEqual(known, FILES - 21)
        self.assertEqual(self.merge("changed-anew", "--no-cache"), (changed, 0))

    def test_only_its_owner_can_look_into_it(self):
        self.merge("any")
        self.assertEqual(self.cache.stat().st_mode & 0o077, 0)
        self.assertEqual(self.cache.parent.stat().st_mode & 0o077, 0)

    def test_other_definitions_and_limits_read_again(self):
        first, _ = self.merge("first")
        definitions = self.folder / "definitions"
        shutil.copytree(SURVEY, definitions)
        one = sorted(definitions.rglob("*.xml"))[0]
        one.write_text(one.read_text(encoding="utf-8") + "<!-- other -->\n", encoding="utf-8")
        self.assertEqual(self.merge("other", definitions=definitions)[1], 0)
        self.assertEqual(self.merge("limited", "--max-cells", "5000")[1], 0)
        self.assertEqual(self.merge("again"), (first, FILES - 20))

    @unittest.skipIf(support.SANITIZED, "the sanitizer must be the first library")
    def test_another_library_reads_again(self):
        first, _ = self.merge("first")
        with unittest.mock.patch.dict(os.environ, LD_PRELOAD="libutil.so.1"):
            self.assertEqual(self.merge("other"), (first, 0))
        self.assertEqual(self.merge("again"), (first, FILES - 20))

    def test_a_broken_cache_is_as_none(self):
        first, _ = self.merge("first")
        with sqlite3.connect(self.cache) as database:
            rows = database.execute("SELECT file, bytes FROM reading").fetchall()
            for number, (file, read) in enumerate(rows):
                at = number * 97 % len(read)
                other = read[:at] + bytes([read[at] ^ 1]) + read[at + 1:]
                database.execute("UPDATE reading SET bytes = ? WHERE file = ?", (other, file))
        database.close()
        self.assertEqual(self.merge("flipped"), (first, 0))
        self.assertEqual(self.merge("mended"), (first, FILES - 20))
        whole = self.cache.read_bytes()
        page = 16384
        for name, content in {"cut": whole[:len(whole) // 2], "text": b"no database", "empty": b"",
                              "torn": whole[:2 * page] + b"\xff" * (len(whole) - 2 * page)}.items():
            self.cache.write_bytes(content)
            self.assertEqual(self.merge(name)[0], first, name)
            self.merge(name)
            self.assertEqual(self.merge(name), (first, FILES - 20), name)  # a new one has taken its place

    def test_without_a_folder_to_write_to(self):
        first, _ = self.merge("first")
        os.environ["XDG_CACHE_HOME"] = "/dev/null/cache"
        self.assertEqual(self.merge("nowhere"), (first, 0))
        os.environ["XDG_CACHE_HOME"] = "relative"  # as the specification has it: not heeded
        with unittest.mock.patch.dict(os.environ, HOME=str(self.folder / "home")):
            self.assertEqual(self.merge("home"), (first, 0))
        self.assertTrue((self.folder / "home/.cache/tonghop/read.sqlite").exists())
        self.assertFalse((self.home / "relative").exists())

    def test_what_was_not_used_for_long_is_dropped(self):
        self.merge("first")
        with sqlite3.connect(self.cache) as database:
            database.execute("UPDATE reading SET used = used - 100")
            one = "(SELECT min(file) FROM reading)"
            database.execute(f"UPDATE reading SET reader = 'an older program' WHERE file = {one}")
        database.close()
        self.assertEqual(self.merge("later")[1], FILES - 21)
        with sqlite3.connect(self.cache) as database:
            left = database.execute("SELECT count(*), count(DISTINCT reader) FROM reading").fetchone()
        self.assertEqual(left, (FILES - 20, 1))
        database.close()

    def test_several_programs_at_once(self):
        first, _ = self.merge("first", "--no-cache")
        with concurrent.futures.ThreadPoolExecutor(4) as several:
            for result, _ in several.map(self.merge, [f"at once {number}" for number in range(8)]):
                self.assertEqual(result, first)
        self.assertEqual(self.merge("after"), (first, FILES - 20))


if __name__ == "__main__":
    unittest.main()
