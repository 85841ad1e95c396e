"""The coordinator's round, whole: 200 agencies get their workbooks by mail and answer in every way there is; the ledger is right for each."""

import collections
import csv
import datetime
import email
import email.policy
import json
import unittest


import made_mailbag
import made_round
import support
import told_round

SETTINGS = dict(told_round.SETTINGS, **{
    "Kỳ báo cáo": made_round.PERIOD, "Số liệu từ ngày": datetime.date(2026, 12, 15), "Số liệu đến ngày": datetime.date(2027, 3, 14),
    "Hạn gửi báo cáo": datetime.datetime(2027, 3, 31, 17, 0)})


def roster(path):
    """As an office keeps it: a title, columns called otherwise than ours, a number in front."""
    with open(path, "w", encoding="utf-8-sig", newline="") as lines:
        write = csv.writer(lines, delimiter=";").writerow
        write(["DANH SÁCH CƠ QUAN BÁO CÁO", "", "", "", "", "", ""])
        write(["STT", "Mã định danh", "Tên cơ quan", "Tên cũ", "Cấp", "Email", "Mẫu báo cáo"])
        agencies = []
        for index in range(made_mailbag.AGENCIES):
            form = support.AGENCY_FORMS[index % 5]
            name = made_round.SPEAKER if index == made_round.SPEAKS else f"Đơn vị thử {index + 1:03}"
            code, address = f"{index + 1:04}", f"dv{index + 1:03}@tinh.example"
            level = "Cấp xã" if form == "binh-lang-2022" else "Sở, ban, ngành"
            write([index + 1, code, name, made_mailbag.former_name(name) if index != made_round.SPEAKS else "", level, address, form])
            agencies.append((index, name, code, address))
    return agencies


def only(path):
    paths = list(path)
    assert len(paths) == 1, paths
    return paths[0]


class MailedRound(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.class_folder()
        agencies = roster(folder / "co-quan.csv")
        cls.round = folder / "quy-1"
        cls.run_in(folder, "init", cls.round, "--from", folder / "co-quan.csv", "--lang", "vi")
        told_round.fill_settings(cls.round / "round.xlsx", SETTINGS)
        cls.workbook = cls.round / "round.xlsx"
        cls.run_in(folder, "blank", "--round", cls.workbook)
        cls.run_in(folder, "mail", "--round", cls.workbook)
        catalogue = made_round.Catalogue()
        filled = folder / "filled"
        filled.mkdir()
        bag = made_mailbag.Bag(cls.round / "inbox")
        cls.expected, cls.senders = {}, {}
        for (index, name, code, address), fate in zip(agencies, made_mailbag.FATES):
            issued = only((cls.round / "outbox").glob(f"{code}_*.xlsx"))
            one = made_mailbag.Sender(index, name, code, address, made_round.Agency(filled, index, catalogue, name, issued))
            cls.senders[code] = one
            cls.expected[code] = (fate.__name__, *fate(bag, one))
        cls.stranger = support.RETURNED / "bieu-mau-CCHC-So-Tu-phap.xlsx"
        cls.nobody = made_mailbag.strangers(bag, cls.stranger.read_bytes())
        bag.close()
        cls.inbox = support.snapshot(cls.round / "inbox")
        cls.ledger = json.loads(cls.run_in(folder, "status", "--round", cls.workbook, "--format", "json", codes=(support.WITH_FINDINGS,)).stdout)

    @staticmethod
    def run_in(folder, *arguments, codes=(support.DONE,)):
        result = support.tonghop(*arguments, cwd=folder)
        assert result.returncode in codes, (arguments, result.stdout, result.stderr)
        return result

    def test_every_draft_carries_its_agencys_workbook(self):
        drafts = sorted((self.round / "outbox").glob("*.eml"))
        self.assertEqual(len(drafts), made_mailbag.AGENCIES)
        addresses = set()
        for path in drafts:
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            (attached,) = message.iter_attachments()
            self.assertEqual(attached.get_payload(decode=True), path.with_suffix(".xlsx").read_bytes())
            self.assertEqual(message["X-Unsent"], "1")
            self.assertIn(made_round.PERIOD, message["Subject"])
            addresses.add(message["To"].addresses[0].addr_spec)
        self.assertEqual(addresses, {one.address for one in self.senders.values()})

    def test_the_ledger_is_right_for_each_agency(self):
        told = {one["code"]: one for one in self.ledger["agencies"] if one["code"]}
        self.assertEqual(list(told), list(self.expected))
        for code, (fate, state, late, files) in self.expected.items():
            with self.subTest(code=code, fate=fate):
                one = told[code]
                self.assertEqual((one["state"], one["late_minutes"], len(one["files"])), (state, late, files))

    def test_the_counts_tie(self):
        counts = self.ledger["counts"]
        states = collections.Counter(state for _, state, _, _ in self.expected.values())
        self.assertEqual({state: counts[state] for state in states}, states)
        self.assertEqual(counts["expected"], made_mailbag.AGENCIES)
        self.assertEqual(counts["late"], sum(late is not None for _, _, late, _ in self.expected.values()))
        self.assertEqual(counts["files"], counts["files_used"] + counts["files_superseded"] + counts["files_refused"])
        self.assertEqual(counts["others"] + counts["files_of_nobody"] + counts["files_ignored"], self.nobody)

    def test_reminders_go_to_those_that_sent_nothing(self):
        self.run_in(self.folder, "mail", "--round", self.workbook, "--remind", codes=(support.DONE, support.WITH_FINDINGS))
        drafts = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                  for path in (self.round / "outbox" / "reminders").glob("*.eml")]
        silent = {self.senders[code].address for code, (_, state, _, _) in self.expected.items() if state == made_mailbag.ABSENT}
        self.assertEqual({draft["To"].addresses[0].addr_spec for draft in drafts}, silent)

    def test_merging_adds_what_counts(self):
        """The stranger's return, too: it is said, and a person decides."""
        merged = support.merged([self.round / "inbox"], self.folder / "merged", code=support.WITH_FINDINGS, options=["--round", self.workbook])
        indicator = "steering.documents"
        counted = [one for code, one in self.senders.items() if self.expected[code][1] not in (made_mailbag.REFUSED, made_mailbag.ABSENT)]
        catalogue = counted[0].agency.catalogue
        told = [made_round.read(one.agency.path, one.agency.form, catalogue, {}) for one in counted]
        told.append(made_round.read(self.stranger, "khanh-hoa-2023", catalogue, {}))
        self.assertEqual(float(merged.values[indicator]["value"]), float(sum(one.get(indicator, 0) for one in told)))
        self.assertGreater(sum(indicator in one for one in told), 100)

    def test_nothing_that_came_is_changed(self):
        self.assertEqual(support.snapshot(self.round / "inbox"), self.inbox)


if __name__ == "__main__":
    unittest.main()
