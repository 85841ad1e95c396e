"""What a person at a terminal sees: colours, progress, tables that fit, completion, the manual page; and what a log keeps."""

import os
import pty
import re
import select
import shutil
import struct
import subprocess
import fcntl
import termios
import unicodedata
import unittest

import support
from support import DONE, NOT_WRITTEN, RETURNED, ROOT, TONGHOP, USAGE, WITH_FINDINGS

COMPLETION = ROOT / "src/cli/tonghop.bash"
MANUAL = ROOT / "src/cli/tonghop.1"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def at_terminal(*arguments, cwd, columns=100, environment=()):
    """Runs the program on a terminal of so many columns; (exit code, what came there)."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.environ.update(TERM="xterm", LC_ALL="C.UTF-8")
        os.environ.pop("NO_COLOR", None)
        os.environ.update(environment)
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        os.execv(TONGHOP, [TONGHOP, *map(str, arguments)])
    said = b""
    while select.select([terminal], [], [], 120)[0]:
        try:
            got = os.read(terminal, 65536)
        except OSError:
            break
        if not got:
            break
        said += got
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.decode()


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in line)


def options_of(help_text):
    return set(re.findall(r"(?m)^  (?:-\w,)?(--[a-z-]+)", help_text))


def commands_of(help_text):
    return re.findall(r"(?m)^  ([a-z]+)  ", help_text.partition("\nCommands:\n")[2])


class Colours(support.TestCase):
    FILES = [RETURNED / "CCHC-quy-I-2021-SXD-Quang-Binh.xlsx"]

    def check_at(self, **options):
        return at_terminal("check", *self.FILES, cwd=self.folder, **options)[1]

    def test_severities_have_colours_on_a_terminal(self):
        said = self.check_at()
        self.assertIn("\x1b[1;31merror\x1b[0m: ", said)
        self.assertIn("\x1b[33mwarning\x1b[0m: ", said)

    def test_but_not_when_nobody_wants_them(self):
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertNotIn("\x1b", self.check_at(environment=environment))
        self.assertIn("\x1b[", self.check_at(environment={"NO_COLOR": ""}))

    def test_and_never_in_a_pipe(self):
        for arguments in (["check", *self.FILES], ["read", *self.FILES], ["check", "missing.xlsx"]):
            result = support.tonghop(*arguments, cwd=self.folder)
            self.assertNotIn("\x1b", result.stdout + result.stderr)


class Progress(support.TestCase):
    def setUp(self):
        super().setUp()
        (self.folder / "in").mkdir()
        # Without row keys, which takes longest to read.
        shutil.copy(RETURNED / "CCHC-quy-I-2021-SXD-Quang-Binh.xlsx", self.folder / "in/000.xlsx")
        for i in range(1, 80):
            os.link(self.folder / "in/000.xlsx", self.folder / f"in/{i:03}.xlsx")

    def test_appears_after_a_second_and_leaves_nothing_behind(self):
        _, said = at_terminal("merge", "--no-cache", "in", "-o", "out.xlsx", cwd=self.folder, columns=60)
        shown = re.findall(r"\r(\d+)/80  ([\d.]+)/s  (\d+:\d\d) left *(?=\r)", said)
        self.assertGreater(len(shown), 1, said[:500])
        self.assertEqual([int(done) for done, _, _ in shown], sorted(int(done) for done, _, _ in shown))
        lines = [line.split("\r")[-1] if "\r" in line else line for line in said.replace("\r\n", "\n").split("\n")]
        self.assertFalse([line for line in lines if "/80" in line])
        self.assertTrue(all(width(one) < 60 for one in re.findall(r"\r([^\r\n]*)\r", said)))

    def test_is_not_shown_where_nobody_looks(self):
        self.assertNotIn("/80", at_terminal("--quiet", "merge", "--no-cache", "in", "-o", "out.xlsx", cwd=self.folder)[1])
        result = support.tonghop("merge", "--no-cache", "in", "-o", "out.xlsx", cwd=self.folder)
        self.assertNotIn("\r", result.stdout + result.stderr)
        self.assertNotIn("/80", result.stdout + result.stderr)

    def test_is_not_shown_for_short_work(self):
        said = at_terminal("read", RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx", cwd=self.folder)[1]
        self.assertNotRegex(said, r"\r[^\r\n]*/s ")


class Tables(support.TestCase):
    def test_fit_the_terminal(self):
        returned = RETURNED / "bieu-mau-CCHC-So-Tu-phap.xlsx"
        for columns in (60, 80, 120):
            for arguments in (["templates"], ["read", returned], ["why", "1.2", returned], ["check", returned], ["--help"], ["merge", "--help"]):
                with self.subTest(columns=columns, command=arguments[0]):
                    _, said = at_terminal("--lang", "vi", *arguments, cwd=self.folder, columns=columns)
                    lines = ESCAPE.sub("", said.replace("\r", "")).splitlines()
                    self.assertGreater(len(lines), 5)
                    for line in lines:  # sentences, paths and examples wrap; what stands in columns does not
                        if not re.match(r"\S+\.xlsx: |lỗi: |cần xem: |ghi nhận: |      /| *Ví dụ: |  Cần xem: |Tùy chọn dùng|/|  --| +/tmp|.*\.xlsx", line):
                            self.assertLessEqual(width(line), columns, line)

    def test_numbers_are_never_shortened(self):
        returned = RETURNED / "bieu-mau-CCHC-So-Tu-phap.xlsx"
        wide = at_terminal("read", returned, cwd=self.folder, columns=300)[1]
        narrow = at_terminal("read", returned, cwd=self.folder, columns=60)[1]
        values = lambda said: re.findall(r"(?m)  (\d[\d.%]*)  (?:exact|normalized|taken|norma…|taken…)", said)
        self.assertGreater(len(values(wide)), 50)
        self.assertEqual(values(narrow), values(wide))


class Language(support.TestCase):
    def test_everything_speaks_vietnamese(self):
        for arguments in (["--help"], ["merge", "--help"], ["mail", "--help"]):
            said = self.tonghop("--lang", "vi", *arguments).stdout
            self.assertRegex(said, r"(?m)^Cách dùng: tonghop")
            self.assertNotRegex(said, r"\b(Usage|Options|Positionals|Subcommands|REQUIRED|Print|Example)\b")
        for arguments, words in ((["merge"], "Dòng lệnh chưa đúng"), (["why", "xyz", "a.xlsx"], "Không có chỉ tiêu"),
                                 (["blank", "--template", "khanh-hoa-2032", "-o", "x"], 'Có phải ý bạn là "khanh-hoa-2023"?'),
                                 (["export", "a.xlsx", "--to", "x.txt"], "phải có đuôi"), (["templates", "--definitions", "nowhere"], "Không")):
            said = self.tonghop("--lang", "vi", *arguments, code=USAGE).stderr
            self.assertRegex(said, rf"\Alỗi: .*{re.escape(words)}")
        said = self.tonghop("--lang", "vi", "check", RETURNED, code=WITH_FINDINGS).stdout
        self.assertNotRegex(said, r"(?m)^(error|warning|note|files|findings|values|agencies)\b")
        self.assertRegex(said, r"(?m)^lỗi: ")
        self.assertRegex(said, r"(?m)^tệp đã đọc +5$")

    def test_the_locale_chooses_it(self):
        environment = dict(os.environ, LC_ALL="vi_VN.UTF-8")
        said = subprocess.run([TONGHOP, "--help"], env=environment, capture_output=True, encoding="utf-8", check=True).stdout
        self.assertIn("Cách dùng: ", said)

    def test_no_sentence_stands_in_the_code(self):
        """Words in string literals of the commands and reports; what is printed belongs into the wording."""
        allowed = {"json.cc", "exported.cc"}  # names of columns and members
        sentence = re.compile(r'"((?:[^"\\]|\\.)*)"')
        found = []
        for path in sorted([*(ROOT / "src/cli").glob("*.cc"), *(ROOT / "src/report").glob("*.cc"), *(ROOT / "src/round").glob("*.cc")]):
            if path.name in allowed:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                code = line.split("  // ")[0].split("// ")[0] if '"' not in line.split("// ")[0] else line
                for text in sentence.findall(code):
                    if re.search(r"[A-Za-z]{2,} [a-z]{2,}( [a-z]|\.|:)", text) and not line.lstrip().startswith("//"):
                        found.append(f"{path.name}:{number}: {text}")
        # Messages for authors of XML are English.
        self.assertEqual([one for one in found if not re.search(r"^commands\.cc:\d+: (from the catalogue|of these on trial|indicators in a check|only against|"
                                                                r"in none|.*indicators; no problems)", one)], [])


class QuietAndLog(support.TestCase):
    def test_quiet_says_errors_only(self):
        unread = RETURNED / "CCHC-quy-I-2021-SXD-Quang-Binh.xlsx"
        said = self.tonghop("--quiet", "check", unread, code=WITH_FINDINGS)
        self.assertGreater(len(said.stdout.splitlines()), 0)
        for line in said.stdout.splitlines():
            self.assertRegex(line, r"^error: ")
        self.assertEqual(said.stderr, "")
        clean = RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx"
        said = self.tonghop("merge", clean, "-o", "out.xlsx", "--quiet")
        self.assertEqual((said.stdout, said.stderr), ("", ""))
        self.assertEqual(self.tonghop("--quiet", "read", clean).stdout, self.tonghop("read", clean).stdout)

    def test_the_log_keeps_what_was_done_and_said(self):
        unread = RETURNED / "CCHC-quy-I-2021-SXD-Quang-Binh.xlsx"
        for run in (1, 2):
            self.tonghop("--quiet", "--log", "log.txt", "merge", unread, "missing.xlsx", "-o", "out.xlsx", code=WITH_FINDINGS)
            lines = (self.folder / "log.txt").read_text(encoding="utf-8").splitlines()
            for line in lines:
                self.assertRegex(line, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d (debug|info|warning|error) ")
            log = "\n".join(lines)
            for words in (f" debug tonghop 0.1.0: --quiet --log log.txt merge {unread}", f" debug reading {unread}", " error error: ",
                          " info written: out.xlsx", " info files read ", " debug tonghop 0.1.0: 1"):
                self.assertEqual(log.count(words) >= run, True, words)
        self.assertNotIn("\x1b", log)

    def test_the_log_is_the_same_text_as_said(self):
        clean = RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx"
        said = self.tonghop("--log", "log.txt", "read", clean).stderr.splitlines()
        log = (self.folder / "log.txt").read_text(encoding="utf-8")
        for line in said:
            self.assertIn(line, log)

    def test_a_log_that_cannot_be_written_is_3(self):
        clean = RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx"
        self.assertRegex(self.tonghop("--log", "/proc/nowhere/log", "read", clean, code=NOT_WRITTEN).stderr, r"\Aerror: .*log cannot be opened")

    def test_nothing_is_added_to_what_is_no_log(self):
        shutil.copy(RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx", self.folder / "a.xlsx")
        before = support.snapshot(self.folder)
        self.assertRegex(self.tonghop("--log", "a.xlsx", "read", "a.xlsx", code=NOT_WRITTEN).stderr, r"\Aerror: a\.xlsx: This file is no log")
        self.assertEqual(support.snapshot(self.folder), before)


class Manual(support.TestCase):
    def test_mandoc_finds_nothing_wrong(self):
        result = subprocess.run(["mandoc", "-Tlint", "-W", "style", str(MANUAL)], capture_output=True, encoding="utf-8", check=False)
        self.assertEqual(result.stdout + result.stderr, "")

    def test_it_has_every_command_and_every_option(self):
        text = subprocess.run(["mandoc", "-Tascii", str(MANUAL)], capture_output=True, encoding="utf-8", check=True).stdout
        text = re.sub(".\b", "", text)
        general = self.tonghop("--help").stdout
        for option in options_of(general):
            self.assertRegex(text, rf"(?m)^ +(-\w, )?{option}\b")
        for command in commands_of(general):
            self.assertRegex(text, rf"(?m)^     {command}\b")
            for option in options_of(self.tonghop(command, "--help").stdout):
                self.assertRegex(text, rf"(?m)^ +(-\w, )?{option}\b", f"{command} {option}")


class Completion(support.TestCase):
    def complete(self, *words):
        """What bash offers for the last of the words."""
        script = (f'source {support.shlex.quote(str(COMPLETION))}; tonghop() {{ "$TONGHOP" "$@"; }}; COMP_WORDS=("$@"); '
                  'COMP_CWORD=$(($# - 1)); _tonghop; printf "%s\\n" "${COMPREPLY[@]}"')
        environment = dict(os.environ, LC_ALL="C.UTF-8")
        said = subprocess.run(["bash", "--norc", "-c", script, "bash", "tonghop", *words], cwd=self.folder, env=environment,
                              capture_output=True, encoding="utf-8", check=True)
        self.assertEqual(said.stderr, "")
        return sorted(filter(None, said.stdout.splitlines()))

    def test_commands_and_options_are_those_of_the_help(self):
        general = self.tonghop("--help").stdout
        commands = commands_of(general)
        self.assertGreater(len(commands), 8)
        self.assertEqual(self.complete(""), sorted(commands))
        self.assertEqual(self.complete("me"), ["merge"])
        for command in commands:
            offered = set(self.complete("--quiet", command, "--"))
            self.assertEqual(offered, options_of(general) | options_of(self.tonghop(command, "--help").stdout), command)

    def test_values_are_offered(self):
        self.assertEqual(self.complete("--lang", ""), ["en", "vi"])
        self.assertEqual(self.complete("--lang", "=", "v"), ["vi"])
        self.assertEqual(self.complete("check", "--format", ""), ["csv", "json", "table"])
        self.assertEqual(self.complete("blank", "--template", "kh"), ["khanh-hoa-2023"])
        self.assertIn("why", self.complete("schema", ""))
        self.assertEqual(self.complete("merge", "--agency", ""), [])

    def test_files_are_offered_by_what_they_may_be(self):
        for name in ("a.xlsx", "b c.csv", "d.txt", "Đợt.XLSX", "mail.eml"):
            (self.folder / name).write_text("")
        (self.folder / "folder").mkdir()
        self.assertEqual(self.complete("merge", "--round", ""), sorted(["a.xlsx", "folder", "Đợt.XLSX"]))
        self.assertEqual(self.complete("merge", "--values", ""), ["b c.csv", "folder"])
        self.assertEqual(self.complete("blank", "-o", ""), ["folder"])
        self.assertEqual(self.complete("--log", ""), sorted(["a.xlsx", "b c.csv", "d.txt", "Đợt.XLSX", "mail.eml", "folder"]))
        self.assertEqual(self.complete("merge", ""), sorted(["a.xlsx", "b c.csv", "Đợt.XLSX", "mail.eml", "folder"]))
        self.assertEqual(self.complete("merge", "--quiet", "a"), ["a.xlsx"])


if __name__ == "__main__":
    unittest.main()
