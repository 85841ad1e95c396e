"""The four real returns of tests/returned/: figures worked out by hand, and exactly the findings that a person should see."""

import shutil
import unittest

import support
from support import RETURNED, WITH_FINDINGS

TP = "bieu-mau-CCHC-So-Tu-phap.xlsx"         # Sở Tư pháp Khánh Hòa
TT = "PL-bao-cao-CCHC-quy-III-STTTT.xlsx"    # Sở Thông tin và Truyền thông Trà Vinh
XD = "CCHC-quy-I-2021-SXD-Quang-Binh.xlsx"   # Sở Xây dựng Quảng Bình
NV = "So-Ngoai-vu-CCHC-6T-2023.xlsx"         # Sở Ngoại vụ

# indicator -> (value, agencies); the arithmetic in the order TP, TT, XD, NV, "." where the agency left it empty
SUMS = {
    "steering.documents": ("27", 4),                              # 10 + 1 + 7 + "09"
    "steering.plan.assigned": ("63", 4),                          # "09" + 7 + 26 + "21 nhiệm vụ cụ thể"
    "steering.plan.completed": ("30", 4),                         # "09" + 7 + 6 + "08/21"
    "steering.survey.questionnaires": ("24", 2),                  # 24 + . + . + 0
    "steering.government-tasks.assigned": ("0", 2),               # 0 + . + . + 0
    "institutions.issued.province": ("22", 1),                    # 22
    "institutions.issued.province-council": ("3", 1),             # "03"
    "institutions.issued.province-committee": ("19", 1),          # 19
    "institutions.issued.district": ("0", 1),                     # "00"
    "institutions.review.reviewed": ("24", 2),                    # 24 + . + . + 0
    "institutions.issued.drafted": ("1", 1),                      # . + . + . + 1
    "institutions.check.to-handle": ("", 0),                      # "/"
    "procedures.catalogue.new-or-amended": ("89", 1),             # 89
    "procedures.catalogue.new": ("8", 3),                         # . + "02" + 6 + 0
    "procedures.catalogue.abolished": ("49", 4),                  # 47 + "02" + 0 + 0
    "procedures.in-force.total": ("285", 3),                      # 200 + . + 77 + 8
    "procedures.in-force.province": ("193", 3),                   # 131 + . + 54 + 8
    "procedures.in-force.district": ("55", 3),                    # 32 + . + 23 + 0
    "procedures.in-force.commune": ("37", 3),                     # 37 + . + 0 + 0
    "procedures.one-stop.same-level": ("11", 4),                  # 11 + 0 + 0 + 0
    "procedures.one-stop.across-levels": ("27", 4),               # "07" + 0 + 20 + 0
    "procedures.department.received": ("7029", 1),                # "7.029"
    "procedures.department.resolved": ("7241", 2),                # "6.716" + . + 525 of "99,62% (523/525)"
    "procedures.department.on-time": ("7232", 2),                 # "6.709" + . + 523 of "99,62% (523/525)"
    "organisation.service-units.total": ("3", 2),                 # "03" in the column of units + . + . + 0
    "organisation.service-units.departments": ("3", 2),           # "03 Đơn vị" in the column of units + . + . + 0
    "organisation.civil-servants.assigned": ("115", 4),           # 29 + 28 + 37 + 21
    "organisation.civil-servants.present": ("110", 4),            # 27 + 27 + 37 + 19
    "organisation.civil-servants.contracts": ("10", 4),           # "02" + 0 + 5 + 3
    "organisation.service-staff.assigned": ("57", 4),             # 25 + 28 + "4 HĐ68" + 0
    "organisation.service-staff.present": ("52", 4),              # 22 + 27 + "3 HĐ68" + 0
    "civil-service.positions.administrative": ("4", 3),           # "01" + . + 2 + 1
    "civil-service.positions.service-units": ("5", 3),            # "03" + . + 2 + 0
    "civil-service.appointment.department-heads": ("1", 4),       # 1 + 0 + 0 + 0
    "civil-service.appointment.department-divisions": ("1", 4),   # 0 + 0 + 0 + 1
    "finance.autonomy.full": ("1", 3),                            # "01" + . + 0 + 0
    "finance.autonomy.recurrent": ("2", 2),                       # . + . + 2 + 0
    "finance.autonomy.partial": ("2", 4),                         # "01" + 1 + 0 + 0
    "finance.autonomy.none": ("1", 3),                            # "01" + . + 0 + 0
    "digital.level-3.provided": ("775", 3),                       # "04" + 762 + . + 9
    "digital.level-4.provided": ("823", 4),                       # "04" + 805 + "13 (cấp tỉnh 07, huyện 6)" + 1
    "digital.portal.listed": ("122", 3),                          # . + 37 + "77 (cấp tỉnh 54, huyện 23)" + 8
    "digital.portal.paid-online": ("50", 3),                      # . + 37 + "13 (cấp tỉnh 07, huyện 6)" + 0
    "digital.national-portal.listed": ("122", 3),                 # . + 37 + 77 + 8
    "digital.national-portal.integrated": ("28", 3),              # . + 20 + 0 + 8
    "digital.documents.sent": ("652", 1),                         # . + . + . + 652
    "digital.dossiers.received": ("7029", 1),                     # "7.029"
    "digital.post.dossiers-in": ("2270", 1),                      # "2.270"
    "digital.post.dossiers-out": ("1904", 1),                     # 1904
}

# indicator -> (numerator, denominator, agencies)
RATIOS = {
    "procedures.department.on-time-rate": (7232, 7241, 2),        # (6709 + 523) / (6716 + 525); TT and NV gave no parts
    "steering.plan.completion": (30, 63, 4),                      # (9 + 7 + 6 + 8) / (9 + 7 + 26 + 21)
    "institutions.review.resolution": (15, 15, 1),
    "digital.post.dossier-rate": (2270, 7029, 1),                 # TP wrote 30,3 %
    "digital.dossiers.online-rate": (190, 7029, 1),               # TP wrote 2,7 %, which is right
    "digital.level-4.rate": (4, 4, 1),                            # TP wrote "04"
}

# (code, file, cell, severity); no cell: about the file, or about all of them
FINDINGS = sorted([
    ("percent-without-parts", "", "", "warning"),  # on-time rate of departments: TT, NV
    ("percent-without-parts", "", "", "warning"),  # share of procedures with a workflow: TT gave no number of procedures
    ("percent-without-parts", "", "", "warning"),  # documents sent in electronic form only: TT, XD gave no number of documents
    ("percent-without-parts", "", "", "warning"),  # documents sent on paper as well: TT, XD
    ("periods-differ", "", "", "warning"),         # 2021 and 2023
    ("authority-absent", "", "", "note"),          # Sở Nội vụ
    ("authority-absent", "", "", "note"),          # Văn phòng UBND tỉnh
    ("authority-absent", "", "", "note"),          # Sở Thông tin và Truyền thông, for what its own form does not ask
    ("authority-contradicted", TT, "D99", "warning"),   # video conferences: TT 2, NV 0
    ("authority-contradicted", TT, "D102", "warning"),  # sharing platform: TT 2, NV 0
    ("template-recognised", XD, "", "note"),       # typed anew, without a hidden sheet
    ("value-extracted", TP, "C110", "warning"),    # 03 in the column of units
    ("value-extracted", TP, "C112", "warning"),    # 03 Đơn vị
    ("formula-overtyped", TP, "D12", "note"),
    ("check-ratio", TP, "D190", "warning"),        # 04, but 4/4
    ("check-ratio", TP, "D212", "warning"),        # 30,3%, but 2270/7029 = 32,3 %
    ("value-in-section", TP, "D15", "warning"),    # 1.3: 0
    ("value-in-section", TP, "D22", "warning"),    # 1.4: 0
    ("value-in-section", TP, "D69", "warning"),    # 3.2.1: 12
    ("value-in-section", TP, "D72", "warning"),    # 3.2.2: 06
    ("value-in-section", TP, "D136", "warning"),   # 5.2.2: 0
    ("value-in-section", TP, "D139", "warning"),   # 5.3: 1
    ("check-at-most", NV, "D128", "note"),         # 9 procedures online at level 3, but 8 in force; on trial
    ("percent-unreadable", XD, "E112", "error"),   # Đã được cấp
    ("percent-unreadable", XD, "E116", "error"),   # Đã kết nối
    ("percent-unreadable", XD, "E123", "error"),   # Đã kết nối
    ("value-extracted", XD, "E51", "warning"),     # 99,62% (523/525)
    ("value-extracted", XD, "E57", "warning"),     # 77 (cấp tỉnh 54, huyện 23)
    ("value-extracted", XD, "E58", "warning"),     # 13 (cấp tỉnh 07, huyện 6)
    ("value-extracted", XD, "E59", "warning"),     # 13 (cấp tỉnh 07, huyện 6)
    ("value-extracted", XD, "E128", "warning"),    # 13 (cấp tỉnh 07, huyện 6)
    ("value-extracted", XD, "E77", "warning"),     # 4 HĐ68
    ("value-extracted", XD, "E78", "warning"),     # 3 HĐ68
    ("value-extracted", XD, "E130", "warning"),    # 100 (01 hồ sơ)
    ("value-extracted", NV, "D13", "warning"),     # 21 nhiệm vụ cụ thể
    ("value-extracted", NV, "D14", "warning"),     # 08/21
    ("value-in-section", NV, "D36", "warning"),    # 3.1: 8
    ("value-in-section", NV, "D77", "warning"),    # 4.3: 0
    ("value-in-section", NV, "D98", "warning"),    # 5.4: 0
    ("value-in-section", NV, "D116", "warning"),   # 7.6.1: a sentence
    ("value-in-section", NV, "D127", "warning"),   # 7.8: 10
])


class Returned(support.TestCase):
    def setUp(self):
        super().setUp()
        (self.folder / "in").mkdir()
        for name in (TP, TT, XD, NV):
            shutil.copy(RETURNED / name, self.folder / "in")
        self.merged = self.merge("in", code=WITH_FINDINGS)

    def figure(self, indicator):
        line = self.merged.values[indicator]
        return line["value"], int(line["agencies"])

    def test_sums_are_right_by_hand(self):
        for indicator, expected in SUMS.items():
            with self.subTest(indicator=indicator):
                self.assertEqual(self.figure(indicator), expected)
        self.assertEqual({indicator.split(".")[0] for indicator in SUMS},
                         {"steering", "institutions", "procedures", "organisation", "civil-service", "finance", "digital"})

    def test_percentages_are_sums_divided_by_sums(self):
        for indicator, (numerator, denominator, agencies) in RATIOS.items():
            with self.subTest(indicator=indicator):
                line = self.merged.values[indicator]
                self.assertEqual((line["numerator"], line["denominator"], line["agencies"]),
                                 (str(numerator), str(denominator), str(agencies)))
                self.assertEqual(float(line["value"]), numerator / denominator)

    def test_the_agencies_left_out_of_a_percentage_are_named(self):
        said = {row["indicator"]: row["message"] for row in self.merged.findings if row["code"] == "percent-without-parts"}
        self.assertIn("Sở Ngoại vụ; Sở Thông tin và Truyền thông tỉnh Trà Vinh", said["procedures.department.on-time-rate"])
        self.assertNotIn("Sở Xây dựng", said["procedures.department.on-time-rate"])
        self.assertNotIn("Sở Tư pháp", said["procedures.department.on-time-rate"])

    def test_a_percentage_without_parts_is_weighted_when_a_weight_is_named(self):
        # Share of procedures with a workflow: XD 34 % of 77, NV 6 % of 8; TT (100 %) did not say of how many
        line = self.merged.values["procedures.workflow.coverage"]
        self.assertEqual(line["agencies"], "2")
        self.assertAlmostEqual(float(line["value"]), (0.34 * 77 + 0.06 * 8) / (77 + 8), delta=5e-10)  # nine digits

    def test_a_percentage_without_parts_or_weight_has_no_figure_unless_all_agree(self):
        # Staff cut since 2015: TP 12,12 %, TT 12,5 %, NV 10
        self.assertEqual(self.figure("organisation.civil-servants.reduced-since-2015"), ("", 3))

    def test_choices_are_counted(self):
        # 0 chosen by TP, TT, XD and NV
        self.assertEqual(self.figure("civil-service.appointment.by-examination"), ("0:4 1:0", 4))
        # TP 0, NV 0
        self.assertEqual(self.figure("steering.survey.method"), ("0:2 1:0 2:0", 2))
        # XD 1, TT 2, NV 1
        self.assertEqual(self.figure("digital.reporting.connection"), ("0:0 1:2 2:1", 3))

    def test_the_designated_agency_answers_for_the_province(self):
        # Sở Thông tin và Truyền thông is named by the form: TT 2; NV 0 is not counted
        self.assertEqual(self.figure("digital.videoconference"), ("2", 1))
        # TT 100 %, NV 100, XD "Đã kết nối", which is no percentage
        self.assertEqual(self.figure("digital.one-stop.departments"), ("1", 1))

    def test_exactly_these_findings_are_reported(self):
        found = sorted((row["code"], row["file"].removeprefix("in/"), row["cell"], row["severity"]) for row in self.merged.findings)
        self.assertEqual(found, FINDINGS)

    def test_a_finding_says_what_was_typed_and_how_it_was_read(self):
        said = {(row["file"].removeprefix("in/"), row["cell"]): row for row in self.merged.findings if row["cell"]}
        expected = {
            (NV, "D14"): ("steering.plan.completed", "08/21", "8"),
            (NV, "D13"): ("steering.plan.assigned", "21 nhiệm vụ cụ thể", "21"),
            (XD, "E57"): ("digital.portal.listed", "77 (cấp tỉnh 54, huyện 23)", "77"),
            (XD, "E77"): ("organisation.service-staff.assigned", "4 HĐ68", "4"),
            (TP, "C112"): ("organisation.service-units.departments", "03 Đơn vị", "3"),
            (TP, "D212"): ("digital.post.dossier-rate", "30,3%", "0.303"),
            (XD, "E116"): ("digital.e-office.departments", "Đã kết nối", ""),
        }
        for at, (indicator, raw, value) in expected.items():
            row = said[at]
            self.assertEqual((row["indicator"], row["raw"], row["value"]), (indicator, raw, value))
            self.assertIn(raw, row["message"])
        # 2270 / 7029 = 0.32294...
        self.assertRegex(said[TP, "D212"]["message"], r"2270 \(D213\) / 7029 \(D198\) make 32\.29%")

    def test_values_typed_in_odd_ways_are_read(self):
        rows, _ = self.read(*(f"in/{name}" for name in (TP, TT, XD, NV)), code=WITH_FINDINGS)
        read = {(row["file"].removeprefix("in/"), row["cell"]): (row["raw"], row["value"], row["status"]) for row in rows}
        for at, expected in {
                (TP, "D82"): ("7.029", "7029", "normalized"), (TP, "D81"): ("99,9%", "0.999", "normalized"),
                (TP, "D125"): ("13,79", "0.1379", "normalized"), (TP, "D13"): ("09", "9", "normalized"),
                (TP, "D47"): ("/", "", "not_applicable"), (TP, "C112"): ("03 Đơn vị", "3", "extracted"),
                (TT, "D110"): ("0,02%", "0.0002", "normalized"), (TT, "D64"): ("12,5%", "0.125", "normalized"),
                (XD, "E48"): ("34", "0.34", "normalized"), (XD, "E51"): ("99,62% (523/525)", "0.9962", "extracted"),
                (XD, "E130"): ("100 (01 hồ sơ)", "1", "extracted"), (XD, "E116"): ("Đã kết nối", "", "unreadable"),
                (NV, "D14"): ("08/21", "8", "extracted"), (NV, "D113"): ("63,1%", "0.631", "normalized")}.items():
            self.assertEqual(read[at], expected, at)

    def test_every_figure_typed_is_read_or_reported(self):
        """Against figures/*.tsv: what the agencies typed, kept beside the workbooks."""
        reported = {(row["file"].removeprefix("in/"), row["raw"]) for row in self.merged.findings}
        for name, form in ((TP, "khanh-hoa-2023"), (TT, "tra-vinh-2021"), (XD, "quang-binh-2021"), (NV, "ngoai-vu-2023")):
            rows, _ = self.read(f"in/{name}", code=WITH_FINDINGS if name == XD else support.DONE)
            by_key = {row["key"]: row for row in rows}
            lines = (RETURNED / "figures" / (form + ".tsv")).read_text(encoding="utf-8").splitlines()
            typed = [line.split("\t") for line in lines if not line.startswith(("#", "key\t"))]
            self.assertGreaterEqual(len(typed), 50)
            for key, *columns in typed:
                value, note, unit = (columns + ["", "", ""])[:3]
                if key not in by_key:  # a heading
                    self.assertTrue(not value or (name, value) in reported, (name, key, value))
                    continue
                self.assertEqual(by_key[key]["raw"], value or unit, (name, key))
                self.assertEqual(by_key[key]["note"], " ".join(note.replace("\\n", " ").split()), (name, key))

    def test_the_agencies_are_known_by_the_names_in_the_forms(self):
        grid = support.agency_grid(self.merged.path)
        self.assertEqual(list(grid["steering.documents"].items()),
                         [("Sở Ngoại vụ", 9), ("Sở Thông tin và Truyền thông tỉnh Trà Vinh", 1),
                          ("Sở Tư pháp tỉnh Khánh Hòa", 10), ("Sở Xây dựng tỉnh Quảng Bình", 7)])


if __name__ == "__main__":
    unittest.main()
