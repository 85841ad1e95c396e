"""What goes wrong in the made round, one thing in each of some agencies, and which findings each must give.

Every seed is a function from an Agency to the findings it must give: (code, indicator, cell), "" where there is none. It says in
`agency.counts` what counts for an indicator where that is not what an ordinary reading of the cell gives.
"""

from fractions import Fraction

import openpyxl

import made_round
import support

KHANH_HOA, QUANG_BINH, TRA_VINH, BINH_LANG, NGOAI_VU = "khanh-hoa-2023", "quang-binh-2021", "tra-vinh-2021", "binh-lang-2022", "ngoai-vu-2023"
DOCUMENTS = "steering.documents"

IN_FORM = []  # (form, indicators that must have a value, seed)


def seed(form, *needs):
    def put(function):
        IN_FORM.append((form, needs, function))
        return function
    return put


def types(form, indicator, text, code, counts=None):
    """Something typed into one cell, that gives one finding there."""
    def put(agency):
        agency.put(indicator, text)
        agency.counts[indicator] = counts
        return [(code, indicator, agency.cells[indicator].coordinate)]
    IN_FORM.append((form, (indicator,), put))


types(KHANH_HOA, DOCUMENTS, "Quý II/2023", "value-unreadable")
types(QUANG_BINH, DOCUMENTS, "-5", "value-unreadable")
types(TRA_VINH, DOCUMENTS, "#REF!", "value-unreadable")
types(NGOAI_VU, DOCUMENTS, "1.2345", "value-unreadable")
types(BINH_LANG, DOCUMENTS, "5,000", "value-ambiguous")
types(NGOAI_VU, DOCUMENTS, "từ 5 đến 7", "value-ambiguous")
types(TRA_VINH, DOCUMENTS, 7.029, "value-ambiguous")
types(QUANG_BINH, "digital.level-3.dossier-rate", "0,5", "value-ambiguous")
types(KHANH_HOA, DOCUMENTS, "khoảng 50", "value-extracted", Fraction(50))
types(BINH_LANG, DOCUMENTS, "77 (cấp tỉnh 54, huyện 23)", "value-extracted", Fraction(77))
types(NGOAI_VU, "organisation.civil-servants.contracts", "4 HĐ68", "value-extracted", Fraction(4))
types(QUANG_BINH, DOCUMENTS, "77 (cấp tỉnh 54, huyện 22)", "value-parts-differ", Fraction(77))
types(TRA_VINH, "digital.level-3.dossier-rate", "150%", "percent-unreadable")
types(KHANH_HOA, "digital.videoconference", "nhiều", "choice-unreadable")
types(TRA_VINH, DOCUMENTS, "Chưa có số liệu", "value-not-yet")
types(NGOAI_VU, DOCUMENTS, "=Z98+Z99", "formula-uncalculated")


@seed(QUANG_BINH, "procedures.in-force.total", "procedures.in-force.province", "procedures.in-force.district", "procedures.in-force.commune")
def total_does_not_hold(agency):
    agency.put("procedures.in-force.total", int(agency.values["procedures.in-force.total"]) + 3)
    return [("check-total", "procedures.in-force.total", agency.cells["procedures.in-force.total"].coordinate)]


@seed(TRA_VINH, "steering.plan.completed", "steering.plan.assigned")
def part_above_its_whole(agency):
    agency.put("steering.plan.completed", int(agency.values["steering.plan.assigned"]) + 1)
    return [("check-at-most", "steering.plan.completed", agency.cells["steering.plan.completed"].coordinate)]


@seed(KHANH_HOA, "steering.plan.completed", "steering.plan.assigned")
def percentage_typed_over_its_formula(agency):
    rate = "steering.plan.completion"
    assigned, completed = agency.values["steering.plan.assigned"], agency.values["steering.plan.completed"]
    agency.cells[rate].value = 0.123 if not assigned or abs(completed / assigned - Fraction("0.123")) > Fraction(1, 100) else 0.456
    return [("check-ratio", rate, agency.cells[rate].coordinate), ("formula-overtyped", "", agency.cells[rate].coordinate)]


@seed(KHANH_HOA, "digital.payment.required", "digital.national-payment.required")
def two_answers_to_one_question(agency):
    agency.put("digital.national-payment.required", int(agency.values["digital.payment.required"]) + 1)
    return [("check-equal", "digital.payment.required", agency.cells["digital.payment.required"].coordinate)]


@seed(BINH_LANG, "steering.survey.questionnaires", "steering.survey.method")
def requirement_not_met(agency):
    agency.put("steering.survey.held", 1)
    agency.put("steering.survey.questionnaires", 0)
    agency.put("steering.survey.method", 2)
    return [("check-requires", "steering.survey.questionnaires", agency.cells["steering.survey.questionnaires"].coordinate)]


@seed(TRA_VINH, "digital.documents.electronic-only", "digital.documents.electronic-and-paper")
def shares_above_all(agency):
    for indicator, value in (("digital.documents.electronic-only", "60%"), ("digital.documents.electronic-and-paper", "55%")):
        agency.put(indicator, value)
    return [("check-range", "digital.documents.electronic-only", agency.cells["digital.documents.electronic-only"].coordinate)]


@seed(TRA_VINH)
def row_deleted(agency):
    table = next(iter(support.tables(agency.book).values()))
    table.sheet.delete_rows(max(table.keys.values()))
    return [("rows-missing", "", "")]


@seed(QUANG_BINH)
def value_beside_a_heading(agency):
    table = next(iter(support.tables(agency.book).values()))
    cell = table.sheet.cell(table.keys["1"], table.key_column - 2)
    cell.value = 12
    return [("value-in-section", "", cell.coordinate)]


@seed(TRA_VINH, "digital.documents.sent", "digital.documents.electronic-only")
def percentage_without_its_weight(agency):
    agency.put("digital.documents.sent", None)
    agency.put("digital.documents.electronic-and-paper", None)
    return [("percent-without-parts", "digital.documents.electronic-only", None)]


@seed(NGOAI_VU)
def percentage_without_its_parts(agency):
    agency.put("procedures.department.on-time-rate", "95,5%")  # this form asks for no parts
    return [("percent-without-parts", "procedures.department.on-time-rate", None)]


@seed(KHANH_HOA)
def another_period(agency):
    say(agency, "period", "Quý II năm 2027", made_round.PERIOD)
    return [("periods-differ", None, None)]


@seed(BINH_LANG)
def no_agency(agency):
    say(agency, "agency", None, agency.name)
    return [("agency-unnamed", "", "")]


@seed(NGOAI_VU)
def no_identity(agency):
    del agency.book[support.IDENTITY_SHEET]
    return [("template-recognised", "", "")]


@seed(NGOAI_VU)
def unprotected(agency):
    for sheet in agency.book.worksheets:
        sheet.protection.sheet = False
    return [("protection-off", "", "")]


@seed(TRA_VINH, DOCUMENTS)
def caption_reworded(agency):
    caption = agency.cells[DOCUMENTS].offset(0, -2)
    caption.value = f"Tổng {caption.value} trong kỳ báo cáo"
    return [("row-reworded", "", agency.cells[DOCUMENTS].coordinate)]


@seed(TRA_VINH, DOCUMENTS)
def caption_of_another_question(agency):
    agency.cells[DOCUMENTS].offset(0, -2).value = "Tổng số các công văn do đơn vị tự ban hành trong kỳ"
    agency.counts[DOCUMENTS] = None
    return [("row-contradicts", "", agency.cells[DOCUMENTS].coordinate)]


@seed(BINH_LANG)
def number_outside(agency):
    table = next(iter(support.tables(agency.book).values()))
    cell = table.sheet.cell(table.keys["b1.1"], table.key_column + 3)
    cell.value = 4321
    return [("numbers-outside", "", cell.coordinate)]


def say(agency, name, value, before):
    """Changes what the workbook says of itself, hidden and shown."""
    for row in agency.book[support.IDENTITY_SHEET].iter_rows():
        if row[0].value == name:
            row[1].value = value
    for table in support.tables(agency.book).values():
        for row in table.sheet.iter_rows(max_row=table.header_row):
            for cell in row:
                if isinstance(cell.value, str) and before in cell.value:
                    cell.value = value if cell.value == before else cell.value.replace(before, value or "………")


@seed(KHANH_HOA, "finance.investment.disbursed")
def unit_changed(agency):
    cell = agency.cells["finance.investment.disbursed"]
    cell.offset(0, -1).value = "Nghìn đồng"
    agency.counts["finance.investment.disbursed"] = None
    return [("unit-differs", "finance.investment.disbursed", cell.coordinate)]


@seed(NGOAI_VU, DOCUMENTS)
def value_behind_the_caption(agency):
    cell = agency.cells[DOCUMENTS]
    cell.value = None
    cell.offset(0, -2).value += ": 15"
    return [("value-elsewhere", DOCUMENTS, cell.coordinate), ("row-reworded", "", cell.coordinate)]


@seed(TRA_VINH)
def sheet_renamed(agency):
    agency.book["Phụ lục"].title = "Sheet1"
    return [("sheet-renamed", "", "")]


@seed(QUANG_BINH)
def row_added(agency):
    table = next(iter(support.tables(agency.book).values()))
    row = max(table.keys.values()) + 1
    table.sheet.cell(row, 2).value = "Số sáng kiến của đơn vị"
    table.sheet.cell(row, table.key_column - 2).value = 77
    return [("row-unknown", "", table.sheet.cell(row, table.key_column - 2).coordinate)]


@seed(KHANH_HOA)
def another_name_shown(agency):
    for table in support.tables(agency.book).values():
        for row in table.sheet.iter_rows(max_row=table.header_row):
            for cell in row:
                if cell.value == agency.name:
                    cell.value = "Phòng Một"
    agency.name = "Phòng Một"  # it goes by what is shown
    return [("agency-differs", "", "")]


# Files that give nothing: what stands in the place of a returned workbook, and its finding

def cut_off(data):
    return data[:len(data) * 2 // 3]


BROKEN = [("file-pdf", lambda data: b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"), ("file-empty", lambda data: b""), ("file-damaged", cut_off),
          ("file-unsynced", lambda data: b"\0" * 4096), ("file-markup", lambda data: b"<html><body><table></table></body></html>")]


def another_return(agency, folder):
    """An earlier return of the same agency with another figure."""
    path = folder / (agency.path.stem + "-trước.xlsx")
    book = openpyxl.load_workbook(agency.path)
    made_round.cells(book, agency.form)[DOCUMENTS].value = int(agency.values[DOCUMENTS]) + 1
    made_round.save(book, path, "2027-03-14T08:00:00Z")
    return path
