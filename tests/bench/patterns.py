"""A filled form as Excel, LibreOffice or openpyxl writes it, cut up at its inputs, so that thousands like it are made fast.

LibreOffice and openpyxl write their patterns themselves. Excel is not here: what our own writer issued is changed into what Excel
makes of it when it saves (spans and descents of rows, empty cells closed at once, results of formulas kept, a calculation chain).
"""

import io
import re
import xml.sax.saxutils
import zipfile

import openpyxl

import made_round
import support

NAME, CODE = "TEN-DON-VI", "MA-DON-VI"  # what the patterns say for the agency's name and code
CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"((?: [a-z]+="[^"]*")*)(?:/>|>(.*?)</c>)', re.S)
STAMP = '<dcterms:{0} xsi:type="dcterms:W3CDTF">2027-03-15T08:00:00Z</dcterms:{0}>'


class Pattern:
    """One form as one program writes it; `render` gives the same package with other values, remarks, name and code."""

    def __init__(self, package, form, writer):
        self.writer = writer
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            self.parts = {name: opened.read(name).decode() for name in opened.namelist()}
        book = openpyxl.load_workbook(io.BytesIO(package))
        places = {}  # (part, cell) -> indicator, or (indicator,) for the remark on it
        self.computed, self.units = set(), {}
        for indicator, cell in made_round.cells(book, form).items():
            part = f"xl/worksheets/sheet{book.worksheets.index(cell.parent) + 1}.xml"
            places[part, cell.coordinate] = indicator
            places[part, cell.offset(0, 1).coordinate] = (indicator,)
            self.units[indicator] = str(cell.offset(0, -1).value or "").lower()
            if support.is_formula(cell):
                self.computed.add(indicator)
        self.indicators = set(self.units)
        # part -> [text, (place, cell, style, formula), text, ...]
        self.pieces = {name: self.cut(name, text, places) for name, text in self.parts.items() if "/worksheets/sheet" in name}

    @staticmethod
    def cut(part, text, places):
        pieces, end = [], 0
        for cell in CELL.finditer(text):
            place = places.get((part, cell[1]))
            if place is not None:
                style = re.search(r' s="[0-9]+"', cell[2])
                formula = re.search(r"<f.*</f>", cell[3] or "")
                pieces += [text[end:cell.start()], (place, cell[1], style[0] if style else "", formula[0] if formula else "")]
                end = cell.end()
        return pieces + [text[end:]]

    def render(self, values, notes, name, code):
        """The package as bytes. `values`: indicator -> number or what was typed as text; those of formulas are their results."""
        strings = Strings(self)
        parts = {part: "".join(piece if isinstance(piece, str) else self.cell(*piece, values, notes, strings) for piece in pieces)
                 for part, pieces in self.pieces.items()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
            for part, text in self.parts.items():
                text = strings.extended(text) if part.endswith("/sharedStrings.xml") else parts.get(part, text)
                text = text.replace(NAME, self.escaped(name)).replace(CODE, self.escaped(code))
                entry = zipfile.ZipInfo(part)
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, text.encode())
        return out.getvalue()

    def escaped(self, text):
        text = xml.sax.saxutils.escape(text)
        return text.encode("ascii", "xmlcharrefreplace").decode() if self.writer == "openpyxl" else text

    def cell(self, place, where, style, formula, values, notes, strings):
        value = notes.get(place[0]) if isinstance(place, tuple) else values.get(place)
        start = f'<c r="{where}"{style}'
        if formula and self.writer == "openpyxl":
            return f"{start}>{formula}<v></v></c>"
        if formula and value is None:
            return f'{start} t="str">{formula}<v></v></c>'
        if value is None:
            return start + (' t="n"></c>' if self.writer == "openpyxl" else "/>")
        if isinstance(value, str):
            return start + strings.typed(value)
        number = format(value, ".17g") if self.writer == "excel" else repr(value)
        kind = "" if self.writer == "excel" else ' t="n"'
        return f"{start}{kind}>{formula}<v>{number}</v></c>"


class Strings:
    """The texts typed into one file: openpyxl writes them in the cells, the others behind the shared strings."""

    def __init__(self, pattern):
        self.pattern = pattern
        self.table = pattern.parts.get("xl/sharedStrings.xml")
        self.first = int(re.search(r'uniqueCount="([0-9]+)"', self.table)[1]) if self.table else 0
        self.texts, self.uses = {}, 0

    def typed(self, text):
        if not self.table:
            return f' t="inlineStr"><is><t>{self.pattern.escaped(text)}</t></is></c>'
        self.uses += 1
        return f' t="s"><v>{self.first + self.texts.setdefault(text, len(self.texts))}</v></c>'

    def extended(self, table):
        count = int(re.search(r' count="([0-9]+)"', table)[1]) + self.uses
        table = re.sub(r' count="[0-9]+" uniqueCount="[0-9]+"', f' count="{count}" uniqueCount="{self.first + len(self.texts)}"', table, 1)
        space = ' xml:space="preserve"' if self.pattern.writer == "libreoffice" else ""
        added = "".join(f"<si><t{space}>{self.pattern.escaped(text)}</t></si>" for text in self.texts)
        return table.replace("</sst>", added + "</sst>")


def patterns_of(issued, folder, writers):
    """form -> {writer: Pattern} of the blanks `issued`, which are named NAME and CODE; made in `folder`."""
    made = {form: {"excel": Pattern(saved_by_excel(blank), form, "excel")} for form, blank in issued.items()}
    filled = {form: folder / (form + ".xlsx") for form in made}
    for form, path in filled.items():
        pattern = made[form]["excel"]
        path.write_bytes(pattern.render({indicator: 1 for indicator in pattern.indicators}, {}, NAME, CODE))
    if "libreoffice" in writers:
        for form, again in zip(filled, support.libreoffice(filled.values(), folder / "libreoffice")):
            made[form]["libreoffice"] = Pattern(again.read_bytes(), form, "libreoffice")
    if "openpyxl" in writers:
        for form, path in filled.items():
            again = io.BytesIO()
            openpyxl.load_workbook(path).save(again)
            made[form]["openpyxl"] = Pattern(again.getvalue(), form, "openpyxl")
    return made


def saved_by_excel(issued):
    """Our blank as Excel writes it when it was opened and saved there."""
    with zipfile.ZipFile(issued) as opened:
        parts = {name: opened.read(name).decode() for name in opened.namelist()}
    chain = []
    for name in sorted(part for part in parts if part.startswith("xl/worksheets/sheet")):
        sheet = int(re.search(r"([0-9]+)\.xml$", name)[1])
        parts[name] = sheet_of_excel(parts[name], sheet)
        chain += [f'<c r="{cell[1]}" i="{sheet}"/>' for cell in CELL.finditer(parts[name]) if "<f>" in (cell[3] or "")]
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    if chain:
        parts["xl/calcChain.xml"] = f'{head}<calcChain xmlns="{main}">{"".join(chain)}</calcChain>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            "</Types>", '<Override PartName="/xl/calcChain.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>')
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            "</Relationships>", '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/calcChain" Target="calcChain.xml"/></Relationships>')
    names = re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"])
    titles = "".join(f"<vt:lpstr>{name}</vt:lpstr>" for name in names)
    parts["docProps/app.xml"] = (
        head + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><Application>Microsoft Excel</Application>'
        '<DocSecurity>0</DocSecurity><ScaleCrop>false</ScaleCrop><HeadingPairs><vt:vector size="2" baseType="variant"><vt:variant>'
        f"<vt:lpstr>Worksheets</vt:lpstr></vt:variant><vt:variant><vt:i4>{len(names)}</vt:i4></vt:variant></vt:vector></HeadingPairs>"
        f'<TitlesOfParts><vt:vector size="{len(names)}" baseType="lpstr">{titles}</vt:vector></TitlesOfParts><Company></Company>'
        "<LinksUpToDate>false</LinksUpToDate><SharedDoc>false</SharedDoc><HyperlinksChanged>false</HyperlinksChanged>"
        "<AppVersion>16.0300</AppVersion></Properties>")
    parts["docProps/core.xml"] = (
        head + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>tonghop</dc:creator><cp:lastModifiedBy>Admin</cp:lastModifiedBy>{STAMP.format('created')}"
        f"{STAMP.format('modified')}</cp:coreProperties>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def sheet_of_excel(text, number):
    columns = openpyxl.utils.column_index_from_string(re.search(r'<dimension ref="A1:([A-Z]+)', text)[1])
    text = re.sub(r'(<c r="[^>]*)></c>', r"\1/>", text)
    text = re.sub(r'<row r="([0-9]+)"([^>]*)>', rf'<row r="\1" spans="1:{columns}"\2 x14ac:dyDescent="0.25">', text)
    text = text.replace('<sheetFormatPr defaultRowHeight="15.75"', '<sheetFormatPr defaultRowHeight="15.75" x14ac:dyDescent="0.25"', 1)
    return text.replace(
        "<worksheet ", '<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr xr2 xr3" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
        'xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2" '
        'xmlns:xr3="http://schemas.microsoft.com/office/spreadsheetml/2016/revision3" '
        f'xr:uid="{{00000000-0001-0000-{number - 1:04}-000000000000}}" ', 1)
