"""The README tells the truth: its commands run, and its table of finding codes is the program's."""

import os
import pathlib
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

import support
import told_round


def readme():
    return (support.ROOT / "README.md").read_text(encoding="utf-8")


def shell_blocks():
    return re.findall(r"^```sh\n(.*?)^```", readme(), re.M | re.S)


class Readme(support.TestCase):
    def test_the_first_two_blocks_are_one_line_each(self):
        for block in shell_blocks()[:2]:
            self.assertEqual(len(block.splitlines()), 1, block)

    def test_every_command_runs_as_printed(self):
        shutil.copytree(support.RETURNED, self.folder / "tests" / "returned")
        program = pathlib.Path(support.TONGHOP).resolve()
        environment = dict(os.environ, PATH=f"{program.parent}:{os.environ['PATH']}")
        commands = [line for block in shell_blocks()[2:] for line in block.splitlines() if line not in told_round.commands()]
        self.assertGreaterEqual(len(commands), 5)
        for command in commands:
            with self.subTest(command):
                result = subprocess.run(command, shell=True, cwd=self.folder, env=environment, capture_output=True, text=True)
                self.assertIn(result.returncode, (support.DONE, support.WITH_FINDINGS), result.stderr)
                self.assertTrue(result.stdout)
        for made in ("outbox/khanh-hoa-2023.xlsx", "provincial.xlsx", "values.csv", "findings.csv"):
            self.assertTrue((self.folder / made).is_file(), made)

    def test_the_round_is_the_same_in_vietnamese(self):
        self.assertEqual(told_round.commands("## Một đợt báo cáo trong tám lệnh"), told_round.commands())

    def test_the_round_goes_as_it_is_told(self):
        codes = []
        for command, result in told_round.play(support.TONGHOP, self.folder):
            with self.subTest(command):
                self.assertIn(result.returncode, (support.DONE, support.WITH_FINDINGS), result.stderr)
                self.assertTrue(result.stdout)
                codes.append(result.returncode)
        self.assertEqual(len(codes), 8)
        self.assertEqual(codes[:3], [support.DONE] * 3)
        folder = self.folder / "quy-1"
        made = {path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file()}
        self.assertEqual(made, {"round.xlsx", "status.xlsx", "outbox", "inbox", "returns", "tong-hop.xlsx"})
        self.assertEqual([path.name for path in (folder / "outbox" / "reminders").iterdir()], ["TK_UBND-xa-Tu-Ky_6-thang-dau-nam-2023.eml"])

    def test_the_table_of_finding_codes_is_complete_and_right(self):
        wording = ElementTree.parse(support.TEMPLATES / "wording.xml").getroot()
        known = [(message.get("code"), message.get("severity")) for message in wording.iter("message")]
        self.assertEqual(re.findall(r"^\| `([a-z-]+)` \| (note|warning|error) \|", readme(), re.M), known)

    def test_the_table_of_checks_is_the_programs(self):
        lines = self.tonghop("lint").stdout.splitlines()
        first = next(i for i, line in enumerate(lines) if line.startswith("checks "))
        self.assertIn("\n".join(lines[first:-1]), readme())

    def test_every_floor_is_told(self):
        floors = {path.name for path in (support.ROOT / "src").iterdir() if path.is_dir()}
        self.assertEqual(set(re.findall(r"^\| `([a-z]+)` \| [^|]*\|$", readme(), re.M)), floors)

    def test_every_relative_link_leads_somewhere(self):
        for target in re.findall(r"\]\(([^)#:]+)\)", readme()):
            self.assertTrue((support.ROOT / target).exists(), target)


if __name__ == "__main__":
    unittest.main()
