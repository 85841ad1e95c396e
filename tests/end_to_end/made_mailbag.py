"""A made round of 200 agencies that answer by e-mail, each in one of many ways, and what the ledger must say of each.

Names, addresses and figures are made up. `FATES` has one function a way of answering: it puts into the inbox what comes of one agency,
and returns what the ledger must say: state, minutes late (None: in time), and how many files of its own came.
"""

import datetime
import email.message
import email.policy
import io
import mailbox
import mimetypes
import unicodedata
import zipfile

import made_round

AGENCIES = 200
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DEADLINE = datetime.datetime(2027, 3, 31, 17, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
OFFICE = "cchc@tinh.example"

# States, as `status --format json` names them.
ACCEPTED, ERRORS, PERIOD, REFUSED, ABSENT = "accepted", "open_errors", "wrong_period", "refused", "not_returned"


def plain(text):
    """Without diacritics, as people name files."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def local(moment):
    return moment.strftime("%a, %d %b %Y %H:%M:%S %z")


def utc(moment):
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def letter(sender, sent, subject="Báo cáo CCHC", text="Kính gửi quý Sở, xin gửi báo cáo.\n", policy=email.policy.SMTP):
    message = email.message.EmailMessage(policy=policy)
    message["From"] = sender
    message["To"] = OFFICE
    message["Date"] = local(sent)
    message["Subject"] = subject
    message.set_content(text)
    return message


def attach(message, name, data):
    kind = mimetypes.guess_type(name)[0] if not name.endswith(".xlsx") else WORKBOOK
    main, _, sub = (kind or "application/octet-stream").partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message


def raw_letter(sender, sent, parameters, data, newline=b"\n"):
    """As small mailers write it: the attachment's Content-Type and Content-Disposition as given, bytes 8 bit where they are."""
    import base64
    lines = [b"From: " + sender.encode(), b"To: " + OFFICE.encode(), b"Date: " + local(sent).encode(), b"Subject: bao cao",
             b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="b1"', b"", b"--b1", b"Content-Type: text/plain", b"",
             b"Xin gui bao cao", b"--b1", *parameters, b"Content-Transfer-Encoding: base64", b"",
             *base64.encodebytes(data).splitlines(), b"--b1--", b""]
    return newline.join(lines)


class Bag:
    """The inbox, and what is put into shared containers until close()."""

    def __init__(self, inbox):
        self.inbox = inbox
        self.zipped, self.boxed = {}, []

    def put(self, name, data):
        path = self.inbox / name
        assert not path.exists(), path
        path.write_bytes(data)

    def close(self):
        with zipfile.ZipFile(self.inbox / "cac-xa.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in sorted(self.zipped.items()):
                archive.writestr(name, data)
        box = mailbox.mbox(self.inbox / "hop-thu.mbox")
        for message in self.boxed:
            box.add(message.as_bytes(policy=email.policy.compat32 if isinstance(message, mailbox.mboxMessage) else email.policy.default))
        box.close()


class Sender:
    """One agency with its filled workbook, not yet sent."""

    def __init__(self, index, name, code, address, agency):
        self.index, self.name, self.code, self.address, self.agency = index, name, code, address, agency
        self.on_time = DEADLINE - datetime.timedelta(days=3, minutes=index)

    def workbook(self, saved=None):
        """Bytes of the workbook as it stands now."""
        path = self.agency.path
        made_round.save(self.agency.book, path, utc(saved or self.on_time - datetime.timedelta(hours=1)))
        return path.read_bytes()

    def file(self):
        return f"{plain(self.name)}.xlsx"


FATES = []


def fate(count):
    def put(function):
        FATES.extend([function] * count)
        return function
    return put


@fate(50)
def by_mail(bag, one):
    bag.put(f"{one.index:03}.eml", attach(letter(one.address, one.on_time), f"Báo cáo {one.name}.xlsx", one.workbook()).as_bytes())
    return ACCEPTED, None, 1


@fate(20)
def by_mailbox(bag, one):
    bag.boxed.append(attach(letter(f'"{one.name}" <{one.address}>', one.on_time), "CCHC quý I.xlsx", one.workbook()))
    return ACCEPTED, None, 1


@fate(20)
def loose(bag, one):
    bag.put(one.file(), one.workbook())
    return ACCEPTED, None, 1


@fate(12)
def zipped(bag, one):
    bag.zipped[f"xã/{one.file()}"] = one.workbook()
    return ACCEPTED, None, 1


@fate(4)
def zip_in_a_mail(bag, one):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("báo cáo/" + one.file(), one.workbook())
    bag.put(f"{one.index:03}.eml", attach(letter(one.address, one.on_time), "bao-cao.zip", buffer.getvalue()).as_bytes())
    return ACCEPTED, None, 1


@fate(4)
def mail_in_a_zip(bag, one):
    bag.zipped[f"thư/{one.index:03}.eml"] = attach(letter(one.address, one.on_time), one.file(), one.workbook()).as_bytes()
    return ACCEPTED, None, 1


@fate(5)
def forwarded(bag, one):
    """By a colleague, who is on no roster: the inner mail is the agency's."""
    outer = letter("dong-nghiep@tinh.example", one.on_time + datetime.timedelta(hours=5), "Chuyển tiếp: báo cáo")
    outer.add_attachment(attach(letter(one.address, one.on_time), "bc.xlsx", one.workbook()))
    bag.put(f"{one.index:03}.eml", outer.as_bytes())
    return ACCEPTED, None, 1


@fate(8)
def late_by_mail(bag, one):
    late = 17 + 61 * one.index
    sent = DEADLINE + datetime.timedelta(minutes=late)
    bag.put(f"{one.index:03}.eml", attach(letter(one.address, sent), one.file(), one.workbook(DEADLINE - datetime.timedelta(days=1))).as_bytes())
    return ACCEPTED, late, 1


@fate(4)
def late_loose(bag, one):
    bag.put(one.file(), one.workbook(DEADLINE + datetime.timedelta(minutes=90)))
    return ACCEPTED, 90, 1


@fate(6)
def twice(bag, one):
    """The same by mail and as a file that somebody saved; the mail was on time."""
    data = one.workbook()
    bag.put(f"{one.index:03}.eml", attach(letter(one.address, one.on_time), one.file(), data).as_bytes())
    bag.put(f"{one.index:03} ban sao.xlsx", data)
    return ACCEPTED, None, 2


@fate(6)
def corrected(bag, one):
    """A first version that cannot be read in one cell, then a good one."""
    indicator = next(name for name, kind in sorted(one.agency.catalogue.kinds.items())
                     if kind == "count" and name in one.agency.values and name in one.agency.cells)
    good = one.agency.cells[indicator].value
    one.agency.put(indicator, "xem phụ lục")
    bag.put(f"{one.index:03}a.eml", attach(letter(one.address, one.on_time - datetime.timedelta(days=2)), one.file(),
                                          one.workbook(one.on_time - datetime.timedelta(days=2, hours=1))).as_bytes())
    one.agency.put(indicator, good)
    bag.put(f"{one.index:03}b.eml", attach(letter(one.address, one.on_time), one.file(), one.workbook()).as_bytes())
    return ACCEPTED, None, 2


@fate(12)
def with_errors(bag, one):
    indicators = [name for name, kind in sorted(one.agency.catalogue.kinds.items())
                  if kind == "count" and name in one.agency.values and name in one.agency.cells][:2]
    for indicator, text in zip(indicators, ("xem phụ lục", "từ 5 đến 7")):
        one.agency.put(indicator, text)
    bag.put(f"{one.index:03}.eml", attach(letter(one.address, one.on_time), one.file(), one.workbook()).as_bytes())
    return ERRORS, None, 1


@fate(5)
def wrong_period(bag, one):
    for sheet in one.agency.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and made_round.PERIOD in cell.value:
                    cell.value = cell.value.replace(made_round.PERIOD, "Quý IV năm 2026")
    bag.put(f"{one.index:03}.eml", attach(letter(one.address, one.on_time), one.file(), one.workbook()).as_bytes())
    return PERIOD, None, 1


@fate(5)
def damaged(bag, one):
    """Whose it is only the sender tells."""
    bag.put(f"{one.index:03}.eml", attach(letter(one.address, one.on_time), "bc.xlsx", one.workbook()[:4000]).as_bytes())
    return REFUSED, None, 1


@fate(3)
def as_pdf(bag, one):
    """Whose it is only the name of the file tells."""
    bag.put(f"{one.code}_{plain(one.name).replace(' ', '-')}.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    return REFUSED, None, 1


@fate(2)
def behind_a_link(bag, one):
    text = "Báo cáo ở đây: https://drive.google.com/file/d/1a2b3c/view\n"
    bag.put(f"{one.index:03}.eml", letter(one.address, one.on_time, text=text).as_bytes())
    return REFUSED, None, 1


@fate(2)
def wrapped_by_outlook(bag, one):
    bag.put(f"{one.index:03}.eml", attach(letter(one.address, one.on_time), "winmail.dat", b"\x78\x9f\x3e\x22\x01\x00").as_bytes())
    return REFUSED, None, 1


@fate(4)
def under_a_former_name(bag, one):
    """By mail from a private address; inside stands the name from before July 2025."""
    strip_identity(one.agency.book)
    rename(one.agency.book, one.name, former_name(one.name))
    bag.put(f"{one.index:03}.eml", attach(letter("ca.nhan@mail.example", one.on_time), "bao cao.xlsx", one.workbook()).as_bytes())
    return ACCEPTED, None, 1


@fate(3)
def nameless(bag, one):
    """No name inside: the sender tells."""
    strip_identity(one.agency.book)
    rename(one.agency.book, one.name, None)
    bag.put(f"{one.index:03}.eml", attach(letter(one.address, one.on_time), "bao cao.xlsx", one.workbook()).as_bytes())
    return ACCEPTED, None, 1


@fate(3)
def badly_named(bag, one):
    """Raw windows-1258 bytes in the file name, by a small mailer."""
    name = ("Báo cáo đơn vị " + str(one.index) + ".xlsx").encode("utf-8")
    name = unicodedata.normalize("NFC", name.decode()).encode("cp1258", "ignore")
    bag.put(f"{one.index:03}.eml", raw_letter(one.address, one.on_time, [
        b"Content-Type: application/octet-stream", b'Content-Disposition: attachment; filename="' + name + b'"'],
        one.workbook(), b"\r\n" if one.index % 2 else b"\n"))
    return ACCEPTED, None, 1


@fate(3)
def encoded_in_the_parameter(bag, one):
    import base64
    word = b"=?utf-8?B?" + base64.b64encode(f"Báo cáo {one.name}.xlsx".encode()) + b"?="
    bag.put(f"{one.index:03}.eml", raw_letter(one.address, one.on_time, [
        b'Content-Type: application/octet-stream; name="' + word + b'"', b'Content-Disposition: attachment; filename="' + word + b'"'],
        one.workbook()))
    return ACCEPTED, None, 1


@fate(19)
def silent(_bag, _one):
    return ABSENT, None, 0


assert len(FATES) == AGENCIES, len(FATES)


def former_name(name):
    return name.replace("Đơn vị", "Cơ quan cũ")


def strip_identity(book):
    del book["_tonghop"]


def rename(book, name, other):
    changed = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and name.casefold() in cell.value.casefold():
                    cell.value = other if cell.value.casefold() == name.casefold() else cell.value.casefold().replace(name.casefold(), other or "…")
                    changed += 1
    assert changed, name


def strangers(bag, book_bytes):
    """What belongs to nobody on the roster; the number of such files."""
    sent = DEADLINE - datetime.timedelta(days=1)
    bag.put("la.eml", attach(letter("la@noi-khac.example", sent), "Bao cao cua noi khac.xlsx", book_bytes).as_bytes())
    bag.put("hoi.eml", letter("hoi@noi-khac.example", sent, text="Cho hỏi hạn nộp?\n").as_bytes())
    return 2
