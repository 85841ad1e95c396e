#!/usr/bin/python3
"""Makes returned rounds of any sizes from a seed, for the benchmarks: FOLDER/SIZE/{inbox,round.xlsx,files.csv}.

usage: make_round.py PROGRAM FOLDER SIZE... [--writer excel|libreoffice|openpyxl]

The forms take turns over the agencies; of five workbooks of a form three are as Excel writes them, one as LibreOffice and one as openpyxl
does (see patterns.py), unless a writer is named. Figures are made up and hold all checks but for the trouble that a real round has: in one
file in twenty one or two figures are typed in a way that must be interpreted, in one in twenty a figure is ten times too large, in one in
ten some inputs are left blank. Remarks are typed as agencies do. An agency's file is the same in every round; SIZE/changed holds what the
first one returns when it has corrected itself.
"""

import argparse
import csv
import datetime
import multiprocessing
import os
import pathlib
import random
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "end_to_end"))

parser = argparse.ArgumentParser(usage=__doc__)
parser.add_argument("program")
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("sizes", type=int, nargs="+")
parser.add_argument("--writer")
given = parser.parse_args()
os.environ["TONGHOP"] = given.program

import made_round  # noqa: E402
import patterns  # noqa: E402
import support  # noqa: E402
import told_round  # noqa: E402

SEED = 20271122
TURNS = ("excel", "excel", "libreoffice", "excel", "openpyxl")
SETTINGS = {"Tỉnh, thành phố": "Tỉnh Thử", "Cơ quan tổng hợp": made_round.SPEAKER, "Người liên hệ": "Bà Thử, 0200 000 000",
            "Kỳ báo cáo": made_round.PERIOD, "Số liệu từ ngày": datetime.date(2026, 12, 15),
            "Số liệu đến ngày": datetime.date(2027, 3, 14), "Hạn gửi báo cáo": datetime.datetime(2027, 3, 31, 17, 0),
            "Địa chỉ nhận báo cáo": "cchc@tinh.example"}
# No two alike without their accents, nor has a place both of its syllables the same.
SYLLABLES = ("An Bình Châu Đông Gia Hòa Hưng Khánh Lâm Long Minh Nam Ninh Phong Phú Quang Sơn Tân Tây Thái Thanh Thịnh Thuận Tiên Trung "
             "Trường Tường Vĩnh Xuân Yên Bắc Cẩm Đại Đức Giang Hải Hiệp Hồng Kim Lạc Lộc Mỹ Ngọc Nghĩa Phước Tam Thạch Thọ Thượng Trà "
             "Việt Vạn").split()
# None that reports for a province: hundreds of them would be hundreds of provinces.
OFFICES = ("Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Công Thương", "Sở Ngoại vụ", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ",
           "Sở Nông nghiệp và Môi trường", "Sở Văn hóa, Thể thao và Du lịch", "Thanh tra", "Ban Quản lý các khu công nghiệp",
           "Ban Quản lý khu kinh tế", "Sở Dân tộc và Tôn giáo", "Sở Giao thông vận tải", "Sở Kế hoạch và Đầu tư",
           "Sở Lao động - Thương binh và Xã hội")
REMARKS = ("Đã hoàn thành trong quý", "Báo cáo số {} ngày 10/3/2027", "Kế hoạch số {}/KH-UBND", "Không phát sinh", "Lũy kế từ đầu năm",
           "Quyết định số {}/QĐ-UBND", "Theo số liệu của Hệ thống thông tin giải quyết TTHC", "{} hồ sơ trễ hạn do chờ ý kiến")
ODD_FILES, WRONG_FILES, BLANK_FILES = 0.05, 0.05, 0.1  # share of the files
LEFT_BLANK, REMARKED = 0.08, 0.04  # share of the figures


def place(number):
    return SYLLABLES[number % len(SYLLABLES)] + " " + SYLLABLES[(number + 1 + number // len(SYLLABLES)) % len(SYLLABLES)]


class Agency:
    def __init__(self, index, corrected=False):
        self.form = support.AGENCY_FORMS[index % len(support.AGENCY_FORMS)]
        self.writer = TURNS[index // len(support.AGENCY_FORMS) % len(TURNS)]
        self.code = f"DV{index + 1:05}"
        commune = self.form == support.AGENCY_FORMS[0]
        self.level = "Cấp xã" if commune else "Sở, ban, ngành"
        if index == made_round.SPEAKS:
            self.name = made_round.SPEAKER
        elif commune:
            self.name = "UBND xã " + place(index // len(support.AGENCY_FORMS))
        else:
            office, province = index % len(OFFICES), index // len(OFFICES)
            self.name = f"{OFFICES[office]} tỉnh {place(province)}"
        self.dice = random.Random(SEED + index if not corrected else -SEED - index)

    @property
    def file(self):
        bare = unicodedata.normalize("NFD", self.name.replace("Đ", "D").replace("đ", "d"))
        bare = "".join(letter for letter in bare if not unicodedata.combining(letter) and letter != ",")
        return f"{self.code}_{bare.replace(' ', '-')}.xlsx"


def answer(agency, pattern, catalogue):
    """The workbook that the agency returns."""
    dice = agency.dice
    blank = LEFT_BLANK if dice.random() < BLANK_FILES else 0
    drawn = made_round.Draft(agency.form, pattern.indicators, pattern.computed, catalogue, dice, blank)
    draft = drawn.values
    if not blank:  # percentages whose parts the form does not ask for
        draft.update({indicator: drawn.draw(indicator) for indicator in sorted(pattern.indicators - pattern.computed - draft.keys())
                      if catalogue.indicators[indicator][0].get("numerator") not in pattern.indicators})
    values = {indicator: int(value) if value.denominator == 1 else float(value) for indicator, value in draft.items()}
    if dice.random() < WRONG_FILES:
        wrong = dice.choice([indicator for indicator, value in values.items() if catalogue.kinds[indicator] == "count" and value])
        values[wrong] *= 10
    if dice.random() < ODD_FILES:
        typed = {indicator: odd(value, catalogue.kinds[indicator], pattern.units[indicator], dice) for indicator, value in values.items()}
        typed = {indicator: text for indicator, text in typed.items() if text}
        for indicator in dice.sample(sorted(typed), min(len(typed), dice.randint(1, 2))):
            values[indicator] = typed[indicator]
    for indicator in pattern.computed:
        about = catalogue.indicators[indicator][0]
        above, below = values.get(about.get("numerator")), values.get(about.get("denominator"))
        if isinstance(above, (int, float)) and isinstance(below, (int, float)) and below:
            values[indicator] = above / below
    notes = {indicator: dice.choice(REMARKS).format(dice.randint(1, 400)) for indicator in sorted(values) if dice.random() < REMARKED}
    return pattern.render(values, notes, agency.name, agency.code)


def odd(value, kind, unit, dice):
    """The figure as somebody types it who does not type plain numbers; None where that leaves more than one reading."""
    if kind == "percent":
        return format(value * 100, ".2f").rstrip("0").rstrip(".").replace(".", ",") + "%"
    if kind != "count":
        return None
    ways = [f"{value} (quý trước: {value + 3})"]
    if value >= 1000:
        ways.append(f"{value:,}".replace(",", "."))
    elif unit.capitalize() in made_round.UNITS:
        ways.append(f"{value:02} {unit}")
    return dice.choice(ways)


def write_round(agencies, path):
    """round.xlsx of these agencies, filled in, at `path`."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        with open(scratch / "roster.csv", "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, delimiter=";")
            table.writerow(["Mã", "Tên cơ quan, đơn vị", "Cấp", "Email", "Biểu mẫu"])
            table.writerows([a.code, a.name, a.level, a.code.lower() + "@tinh.example", a.form] for a in agencies)
        made = support.tonghop("--lang", "vi", "init", scratch / "round", "--from", scratch / "roster.csv")
        assert made.returncode == support.DONE, made.stderr
        told_round.fill_settings(scratch / "round" / "round.xlsx", SETTINGS)
        path.write_bytes((scratch / "round" / "round.xlsx").read_bytes())


def all_patterns(writers):
    """form -> {writer: Pattern}, from blanks of a round as the program issues them."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        issued = {}
        for index, form in enumerate(support.AGENCY_FORMS):
            agency = Agency(index)
            agency.name, agency.code = patterns.NAME, patterns.CODE
            write_round([agency], scratch / "round.xlsx")
            out = scratch / form
            made = support.tonghop("blank", "--round", scratch / "round.xlsx", "-o", out)
            assert made.returncode == support.DONE, made.stderr
            issued[form], = out.glob("*.xlsx")
        return patterns.patterns_of(issued, scratch, writers)


def write_files(job):
    """One worker's share of the inbox."""
    folder, agencies, made = job
    catalogue = made_round.Catalogue()
    for agency in agencies:
        (folder / agency.file).write_bytes(answer(agency, made[agency.form][agency.writer], catalogue))


def list_files(agencies, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["file", "form", "writer", "code", "agency"])
        table.writerows(["inbox/" + a.file, a.form, a.writer, a.code, a.name] for a in agencies)


def main():
    agencies = [Agency(index) for index in range(max(given.sizes))]
    assert len({agency.name for agency in agencies}) == len(agencies), "names repeat"
    for agency in agencies:
        agency.writer = given.writer or agency.writer
    made = all_patterns({agency.writer for agency in agencies})
    inboxes = {size: given.folder / str(size) / "inbox" for size in sorted(given.sizes, reverse=True)}
    for size, inbox in inboxes.items():
        inbox.mkdir(parents=True)
        write_round(agencies[:size], inbox.parent / "round.xlsx")
        list_files(agencies[:size], inbox.parent / "files.csv")
        changed = inbox.parent / "changed"
        changed.mkdir()
        write_files((changed, [Agency(0, corrected=True)], made))
    largest, *others = inboxes.items()
    workers = os.cpu_count() or 1
    with multiprocessing.Pool(workers) as pool:
        pool.map(write_files, [(largest[1], agencies[worker::workers], made) for worker in range(workers)], 1)
    for size, inbox in others:
        for agency in agencies[:size]:
            os.link(largest[1] / agency.file, inbox / agency.file)


if __name__ == "__main__":
    main()
