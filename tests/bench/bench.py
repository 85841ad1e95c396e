#!/usr/bin/python3
"""Measures the program on made rounds against floors and peers; result.json, and a table: bench.py PROGRAM WORK FOLDER [options]

WORK is the program of work.cc. Every figure is of five runs (40 of what is over at once), in turn with as many of its floor: inflating all
parts of the same returned workbooks with libzip, or deflating all parts of the same blanks with zlib at level 6, on one thread and nothing
else; for starting, the program `true`; for merging again, merging from nothing. Needs what `sh .ci/install bench` installs. FOLDER is made
anew; result.json stays there for readme.py.
"""

import argparse
import csv
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

from measure import Failed, busy, line_through, machine, ratios, run, spread

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"  # Debian's, which has openpyxl
REPEATS = 5
STARTS = 40  # runs of what is over at once
WITH_FINDINGS = (0, 1)  # exit codes


class Bench:
    def __init__(self, given):
        self.given = given
        self.program, self.work = given.program.resolve(), given.work.resolve()
        self.folder = given.folder.resolve()
        self.sizes = given.sizes
        self.size = sorted(given.sizes)[-2]  # of the merge that is looked at closely
        self.result = {"machine": machine(), "repeats": REPEATS, "starts": STARTS, "size": self.size, "waited": 0, "busy": 0, "rows": [], "growth": [], "peers": [], "failed": []}
        self.cache = self.folder / "cache"

    # What the parts share

    def tonghop(self, *arguments, codes=(0,), warm=False):
        """The program with a cache of its own, which is empty unless `warm`."""
        if not warm:
            shutil.rmtree(self.cache, ignore_errors=True)
        return run(self.program, *arguments, codes=codes, XDG_CACHE_HOME=str(self.cache))

    def in_process(self, what, files, repeats=REPEATS):
        """What the program of work.cc says of these files."""
        paths = self.folder / "files.list"
        paths.write_text("".join(f"{path}\n" for path in files), encoding="utf-8")
        done = subprocess.run([self.work, what, paths, str(repeats)], check=False, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"{what}: {done.stderr}")
        said = json.loads(done.stdout)
        self.result["waited"] = max(self.result["waited"], said["waited"])
        return said

    def inflating(self, files):
        """Seconds of the floor of reading, once."""
        return self.in_process("inflate", files, 1)["inflate_ms"][0] / 1e3

    def row(self, name, what, unit, values, aim, ratio=None, floor=""):
        """`aim`: of the ratio where the floor is one to compare with, else of the value."""
        self.result["rows"].append({"name": name, "what": what, "unit": unit, "value": spread(values), "aim": aim, "ratio": ratio,
                                    "floor": floor})
        print(f"  {what}: {spread(values)['median']:.3g} {unit}" + (f", {ratio['median']:.2f} x the floor" if ratio else ""), flush=True)

    def empty(self, name):
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def unused(self):
        """A path where nothing was. In an emptied folder, ext4 without a journal looks at every inode deleted within the last minutes
        before it makes a file: seconds for a few thousand of them, which are not the writer's."""
        parent = self.folder / "written"
        parent.mkdir(exist_ok=True)
        return parent / str(sum(1 for _ in parent.iterdir()))

    def returned(self, size, writer=None):
        with open(self.folder / "rounds" / str(size) / "files.csv", encoding="utf-8", newline="") as file:
            return [self.folder / "rounds" / str(size) / row["file"] for row in csv.DictReader(file) if writer in (None, row["writer"])]

    # The parts

    def make(self):
        """The rounds; `--rounds` takes those of an earlier run."""
        if self.given.rounds:
            (self.folder / "rounds").symlink_to(self.given.rounds.resolve())
            return
        print(f"making rounds of {', '.join(map(str, self.sizes))} agencies", flush=True)
        subprocess.run([PYTHON, "-B", HERE / "make_round.py", self.program, self.folder / "rounds", *map(str, self.sizes)], check=True)

    def start(self):
        print("start-up", flush=True)
        for command in ("--version", "templates"):
            starts, nothing = [], []
            for _ in range(STARTS):
                nothing.append(run("true").wall * 1e3)
                starts.append(self.tonghop(command).wall * 1e3)
            self.row(command, f"`tonghop {command}`", "ms", starts, "20 ms", ratios(starts, nothing), "`true`")

    def read(self):
        print("reading, one thread", flush=True)
        writers = {"excel": "in Excel's manner", "libreoffice": "of LibreOffice", "openpyxl": "of openpyxl", None: "of all these"}
        for writer, told in writers.items():
            files = self.returned(self.size, writer)[:500]
            said = self.in_process("read", files)
            self.result["file_bytes"], self.result["part_bytes"] = said["bytes"] / len(files), said["part_bytes"] / len(files)
            self.row(f"read {writer or 'all'}", f"read, match and interpret a workbook {told}", "ms",
                     [spent / len(files) for spent in said["read_ms"]], "1.0", ratios(said["read_ms"], said["inflate_ms"]), "inflate")

    def merge_once(self, size, out, *options, inbox=None, warm=False):
        made = self.folder / "rounds" / str(size)
        return self.tonghop("merge", "--round", made / "round.xlsx", inbox or made / "inbox", "-o", out, *options, codes=WITH_FINDINGS, warm=warm)

    def merge(self):
        """Merges of every size, from nothing: no earlier report, no cache."""
        print("merging, the whole program", flush=True)
        for size in sorted(self.sizes):
            files, took, floors = self.returned(size), [], []
            for _ in range(REPEATS):
                out = self.empty("out") / "merged.xlsx"
                floors.append(self.inflating(files))
                took.append(self.merge_once(size, out))
            walls = [one.wall for one in took]
            self.result["growth"].append({"agencies": size, "seconds": spread(walls), "cpu": spread([one.cpu for one in took]),
                                          "mib": spread([one.mib for one in took]), "floor": spread(floors),
                                          "ratio": ratios(walls, floors)})
            print(f"  {size} agencies: {spread(walls)['median']:.2f} s, {took[0].mib:.0f} MiB", flush=True)
            if size == self.size:
                self.row("merge", f"merge {size:,} workbooks, findings, provincial workbook", "s", walls, "0.7", ratios(walls, floors), "inflate")
                self.row("memory", "peak memory of that merge", "MiB", [one.mib for one in took], "150 MiB")
        for what, unit in (("seconds", "s"), ("mib", "MiB")):
            points = [(one["agencies"], one[what]["median"]) for one in self.result["growth"]]
            start, slope, deviation = line_through(points)
            self.result["line_" + what] = {"start": start, "per_1000": slope * 1000, "deviation": deviation}
            print(f"  each further 1,000 agencies: {slope * 1000:.3g} {unit}, off the straight line by {deviation:.1%} at most", flush=True)

    def merge_again(self):
        """One file changed, everything else as the merge before left it; then the same without the cache, which must give the same bytes."""
        if b"--no-cache" not in subprocess.run([self.program, "merge", "--help"], check=True, capture_output=True).stdout:
            print("merging again: this program has no cache", flush=True)
            return
        print("merging again after one file changed", flush=True)
        made = self.folder / "rounds" / str(self.size)
        changed, = (made / "changed").iterdir()
        inbox, out = self.empty("inbox"), self.empty("out") / "merged.xlsx"
        for path in (made / "inbox").iterdir():
            os.link(path, inbox / path.name)
        full, again = [], []
        for _ in range(REPEATS):
            self.replace(made / "inbox" / changed.name, inbox)
            out.unlink(missing_ok=True)
            full.append(self.merge_once(self.size, out, inbox=inbox).wall)
            self.replace(changed, inbox)
            before = out.read_bytes()
            again.append(self.merge_once(self.size, out, inbox=inbox, warm=True).wall)
        with_cache = hashlib.sha256(out.read_bytes()).hexdigest()
        out.write_bytes(before)
        self.merge_once(self.size, out, "--no-cache", inbox=inbox)
        if hashlib.sha256(out.read_bytes()).hexdigest() != with_cache:
            raise Failed("merge: with and without --no-cache the bytes differ")
        self.row("again", "merge again after one file changed", "s", again, "0.2", ratios(again, full), "full merge")

    @staticmethod
    def replace(path, folder):
        (folder / path.name).unlink()
        shutil.copyfile(path, folder / path.name)

    def blanks(self):
        print("blanks", flush=True)
        roster = self.folder / "rounds" / str(self.size) / "round.xlsx"
        took, floors = [], []
        for _ in range(REPEATS):
            out = self.unused()
            took.append(self.tonghop("blank", "--round", roster, "-o", out))
            floors.append(self.in_process("deflate", sorted(out.glob("*.xlsx")), 1)["deflate_ms"][0] / 1e3)
        spent = [one.cpu for one in took]
        self.result["blanks_kernel"] = spread([one.kernel for one in took])
        self.row("blanks", f"blanks for a roster of {self.size:,}", "s", spent, "0.15", ratios(spent, floors), "deflate")
        self.peer("write", "tonghop", self.size, spent, floors)

    # Peers: the same work by others, all of it in whole processes.

    def peer(self, work, who, count, spent, floors):
        self.result["peers"].append({"work": work, "who": who, "files": count, "ms": spread([one / count * 1e3 for one in spent]),
                                     "ratio": ratios(spent, floors)})
        print(f"  {work} {who}: {spread(spent)['median'] / count * 1e3:.3g} ms a file, "
              f"{ratios(spent, floors)['median']:.2f} x the floor", flush=True)

    def read_peer(self, who, files, command):
        spent, floors = [], []
        for _ in range(REPEATS):
            out = self.empty("peer")
            floors.append(self.inflating(files))
            spent.append(sum(one.cpu for one in command(files, out)))
        self.peer("read", who, len(files), spent, floors)

    def read_peers(self):
        print("all values read, whole processes", flush=True)
        files = self.returned(self.size)
        paths = self.folder / "peer.list"
        paths.write_text("".join(f"{path}\n" for path in files[:50]), encoding="utf-8")
        office = ["soffice", "-env:UserInstallation=" + (self.folder / "office").as_uri(), "--headless", "--norestore", "--convert-to"]
        self.read_peer("tonghop", files[:500], lambda files, out: [self.tonghop("export", "--to", out / "v.csv", *files, codes=WITH_FINDINGS)])
        for mode in ("read-only", "normal"):
            self.read_peer(f"openpyxl, {mode}", files[:50], lambda files, out: [run(PYTHON, HERE / "peers/read_openpyxl.py", mode, paths)])
        if shutil.which("ssconvert"):  # takes one workbook a process
            self.read_peer("Gnumeric, to CSV, a process each", files[:20], lambda files, out: [run("ssconvert", "-S", path, out / "%n.csv") for path in files])
        run(*office, "csv", "--outdir", self.empty("peer"), files[0])  # makes its profile
        all_sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        self.read_peer("LibreOffice, to CSV", files[:20], lambda files, out: [run(*office, all_sheets, "--outdir", out, *files)])

    def write_peers(self):
        print("all blanks written", flush=True)
        run(self.program, "blank", "-o", self.empty("blanks"))
        forms = self.empty("forms")
        run(PYTHON, HERE / "peers/describe_blanks.py", forms, *sorted((self.folder / "blanks").glob("*.xlsx")))
        described = sorted(forms.glob("*.tsv"))
        self.write_peer("openpyxl", 50, [PYTHON, HERE / "peers/write_openpyxl.py"], described)
        if self.given.libxlsxwriter:
            self.write_peer("libxlsxwriter", 500, [self.given.libxlsxwriter], described)

    def write_peer(self, who, count, command, forms):
        spent, floors = [], []
        for _ in range(REPEATS):
            out = self.unused()
            out.mkdir()
            spent.append(run(*command, count, out, *forms).cpu)
            floors.append(self.in_process("deflate", sorted(out.glob("*.xlsx")), 1)["deflate_ms"][0] / 1e3)
        self.peer("write", who, count, spent, floors)


def print_table(result):
    def line(what, value, told, ratio=None):
        told += f"{ratio['min']:8.2f}{ratio['median']:8.2f}{ratio['max']:8.2f}" if ratio else ""
        print(f"{what:80}{value['min']:9.3g}{value['median']:9.3g}{value['max']:9.3g}   {told}")

    print(f"\n{'':80}{'min':>9}{'median':>9}{'max':>9}   {'ratio to':12}{'min':>8}{'median':>8}{'max':>8}")
    for row in result["rows"]:
        line(f"{row['what']}, {row['unit']} (aim: {row['aim']})", row["value"], f"{row['floor']:12}", row["ratio"])
    for one in result["growth"]:
        line(f"merge of {one['agencies']:,} agencies, s", one["seconds"], f"{'inflate':12}", one["ratio"])
        line(f"merge of {one['agencies']:,} agencies, MiB", one["mib"], "")
    for one in result["peers"]:
        floor = {"read": "inflate", "write": "deflate"}[one["work"]]
        line(f"{one['work']}, {one['who']}, {one['files']:,} files, ms a file", one["ms"], f"{floor:12}", one["ratio"])


def disturbed(result):
    """What a reader must know of other work on the machine; "" when it was quiet."""
    load, waited = result["load"], result["waited"]
    if result["busy"] <= 0.1 and waited <= 0.1:
        return ""
    return (f"The machine was not quiet: up to {result['busy']:.0%} of it worked for others before and after the run, when the load average was "
            f"{load:.1f}; a floor took up to {waited:.0%} longer than it computed.")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--libxlsxwriter", type=pathlib.Path, help="program of peers/write_libxlsxwriter.cc")
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 1000, 3321, 10000])
    parser.add_argument("--rounds", type=pathlib.Path, help="rounds of these sizes made by make_round.py")
    bench = Bench(parser.parse_args())
    shutil.rmtree(bench.folder, ignore_errors=True)
    bench.folder.mkdir(parents=True)
    if not shutil.which("soffice"):
        sys.exit("LibreOffice is missing: sh .ci/install bench")
    if not shutil.which("ssconvert"):
        print("without Gnumeric: sh .ci/install bench", file=sys.stderr)
    if not bench.given.libxlsxwriter:
        print("without libxlsxwriter: sh .ci/install bench, and configure again", file=sys.stderr)
    bench.make()
    bench.result["busy"] = busy()
    for part in (bench.start, bench.read, bench.merge, bench.merge_again, bench.blanks, bench.read_peers, bench.write_peers):
        try:
            part()
        except Failed as error:
            print(f"failed: {error}", file=sys.stderr)
            bench.result["failed"].append(str(error))
    bench.result["load"] = os.getloadavg()[0]
    bench.result["busy"] = max(bench.result["busy"], busy())
    bench.result["disturbed"] = disturbed(bench.result)
    (bench.folder / "result.json").write_text(json.dumps(bench.result, indent=1) + "\n", encoding="utf-8")
    print_table(bench.result)
    print(bench.result["disturbed"] or "The machine was quiet.")
    print(bench.folder / "result.json")
    sys.exit("\n".join(bench.result["failed"]) or None)


if __name__ == "__main__":
    main()
