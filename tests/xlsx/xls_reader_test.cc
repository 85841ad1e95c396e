// Reading .xls, each oddity in records written by hand.
#include "xlsx/xls_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "packages.h"
#include "xls_files.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;

struct Seen {
  Workbook workbook;
  Findings findings;
};

Seen see(const std::string& bytes, const Limits& limits = {}) {
  Seen seen;
  seen.workbook = read_workbook(bytes, "f.xls", seen.findings, limits);
  return seen;
}

const Style& style_at(const Workbook& workbook, Address at) {
  return workbook.styles.at(static_cast<std::size_t>(workbook.sheets.at(0).find(at)->style));
}

TEST(Xls, GivesNumbersInAllTheirForms) {
  std::string many = le(2) + le(1);  // the third row, from the second column on
  for (const unsigned rk : {2U | 1U << 2, 3U | 7029U << 2}) many += le(0) + le(rk, 4);
  const std::string cells = number_at(0, 0, 0.1) + number_at(0, 1, -1.5e-300) + number_at(0, 2, 9007199254740991.0) +
                            rk_at(1, 0, 7029U << 2 | 2) + rk_at(1, 1, 0xFFFFFFFCU | 2) +  // -1
                            rk_at(1, 2, 99990U << 2 | 3) + rk_at(1, 3, 0x3FE00000) +  // 999.9; the upper half of 0.5
                            rk_at(1, 4, 0x40590001) +                                 // 100 / 100
                            rk_at(1, 5, (0x20000000U << 2) | 2) +                     // the least integer
                            rk_at(1, 6, 0xFFFFFFFCU | 3) +                            // -0.01
                            record(0xBD, many + le(2));
  EXPECT_EQ(outcome(xls_of(cells)),
            "S: A1=0.1 B1=-1.5e-300 C1=9.0072e+15 A2=7029 B2=-1 C2=999.9 D2=0.5 E2=1 F2=-5.36871e+08 G2=-0.01 B3=1 "
            "C3=70.29");
  const Sheet sheet = see(xls_of(cells)).workbook.sheets.at(0);
  EXPECT_EQ(sheet.find({1, 3})->value, Value(9007199254740991.0));
  EXPECT_EQ(sheet.find({2, 3})->value, Value(999.9));
  EXPECT_EQ(sheet.find({2, 6})->value, Value(-536870912.0));
}

TEST(Xls, GivesTextsOfCellsAndSharedOnes) {
  const std::string table = le(3, 4) + le(3, 4) + unicode(u"Chỉ tiêu") + unicode(u"") + le(3) + '\0' + "abc";
  const std::string cells = label_at(0, 0, u"đạt\r\nmột nửa \xD83D\xDE00") + label_at(0, 1, u"half \xD83D pair") +
                            label_at(0, 2, u"nul \0 inside"s) + shared_at(1, 0, 0) + shared_at(1, 1, 1) +
                            shared_at(1, 2, 2) + record(0x204, place(2, 0) + le(3) + '\0' + "\xE0 \xFD");
  EXPECT_EQ(outcome(xls_of(cells, record(0xFC, table))),
            "S: A1=đạt\nmột nửa 😀 B1=half \xEF\xBF\xBD pair C1=nul \xEF\xBF\xBD inside A2=Chỉ tiêu B2= C2=abc A3=à ý");
}

TEST(Xls, JoinsSharedTextsThatGoOnInAnotherRecord) {
  // Cut between two texts, inside one (told anew how wide its characters are), and inside what follows one.
  const std::string rich =
      le(4) + '\x0D' + le(2) + le(6, 4) + wide(u"giàu") + std::string(8, 'r') + std::string(6, 'p');
  const std::string first = le(9, 4) + le(5, 4) + unicode(u"một") + le(6) + '\0' + "hai";
  const std::string second = '\1' + wide(u"–ba") + rich.substr(0, rich.size() - 4);
  const std::string table = record(0xFC, first) + record(0x3C, second) + record(0x3C, "pppp") +
                            record(0x3C, unicode(u"bốn") + le(2) + '\0' + "ab");
  std::string cells;
  for (int i = 0; i < 5; ++i) cells += shared_at(0, i, static_cast<unsigned>(i));
  EXPECT_EQ(outcome(xls_of(cells, table)), "S: A1=một B1=hai–ba C1=giàu D1=bốn E1=ab");
}

TEST(Xls, GivesTheLongestTextWhole) {
  std::u16string text;
  for (int i = 0; text.size() < 32'766; ++i) text += i % 2 == 0 ? u"\xD83D\xDE00" : u"ệ";
  std::string table = record(0xFC, le(1, 4) + le(1, 4) + le(text.size()) + '\1' + wide(text.substr(0, 4000)));
  for (std::size_t at = 4000; at < text.size(); at += 4001) {
    table += record(0x3C, '\1' + wide(text.substr(at, 4001)));
  }
  std::string expected;
  for (std::size_t units = 0, i = 0; units < text.size(); ++i) {
    expected += i % 2 == 0 ? "😀" : "ệ";
    units += i % 2 == 0 ? 2 : 1;
  }
  const Seen seen = see(xls_of(shared_at(0, 0, 0) + number_at(0, 1, 1), table));
  EXPECT_EQ(std::get<std::string>(seen.workbook.sheets.at(0).cells.at(0).value), expected);
  EXPECT_EQ(seen.workbook.sheets.at(0).cells.at(1).value, Value(1.0));
}

TEST(Xls, SaysWhereASharedTextIsMissing) {
  const Seen seen = see(
      xls_of(shared_at(0, 0, 0) + shared_at(0, 1, 7), record(0xFC, le(9, 4) + le(0xFFFFFFFF, 4) + unicode(u"một"))));
  EXPECT_EQ(sheets_of(seen.workbook), "S: A1=một B1=#REF!");
  EXPECT_EQ(findings_of(seen.findings), "cell-broken S!B1 type=s content=7");
}

TEST(Xls, SaysWhereANumberIsNone) {
  const Seen seen = see(xls_of(number_at(0, 0, std::numeric_limits<double>::infinity()) +
                               number_at(1, 0, std::numeric_limits<double>::quiet_NaN())));
  EXPECT_EQ(sheets_of(seen.workbook), "S: A1=#NUM! A2=#NUM!");
  EXPECT_EQ(findings_of(seen.findings), "cell-broken S!A1 type=n content=INF | cell-broken S!A2 type=n content=NaN");
}

TEST(Xls, SaysWhereACellHasLostItsKind) {
  // One bit more or less: 037E for 027E, 00BD for 00FD, 0201 (empty) for 0203.
  const std::string style = record(0xE0, le(0) + le(0) + le(1) + std::string(14, '\0'));
  const auto odd = [&](unsigned type, const std::string& content) {
    const Seen seen = see(xls_of(number_at(1, 0, 1) + record(type, place(1, 1) + content) + number_at(1, 2, 3), style));
    return sheets_of(seen.workbook) + " | " + findings_of(seen.findings);
  };
  const std::string lost = "S: A2=1 B2=#REF! C2=3 | cell-broken S!B2 type=? content=?";
  EXPECT_EQ(odd(0x37E, le(0, 4)), lost);
  EXPECT_EQ(odd(0xBD, le(0, 4)), lost);
  EXPECT_EQ(odd(0x201, ieee(2)), lost);
  EXPECT_EQ(odd(0x201, ""), "S: A2=1 C2=3 | ");  // really empty
  EXPECT_EQ(odd(0xBE, le(0) + le(2)), "S: A2=1 C2=3 | ");
  EXPECT_EQ(odd(0x221, le(0, 4)), "S: A2=1 C2=3 | ");  // an array's formula, in an area
}

TEST(Xls, GivesBooleansAndErrors) {
  std::string cells;
  int column = 0;
  for (const unsigned code : {0x00U, 0x07U, 0x0FU, 0x17U, 0x1DU, 0x24U, 0x2AU}) {
    cells += record(0x205, place(0, column++) + le(code, 1) + '\1');
  }
  cells += record(0x205, place(1, 0) + "\1\0"s) + record(0x205, place(1, 1) + "\0\0"s);
  EXPECT_EQ(outcome(xls_of(cells)),
            "S: A1=#NULL! B1=#DIV/0! C1=#VALUE! D1=#REF! E1=#NAME? F1=#NUM! G1=#N/A A2=TRUE B2=FALSE");
}

TEST(Xls, GivesFormulasWithTheirResults) {
  const std::string a1 = "\x44\0\0\0\xC0"s, two = "\x1E\2\0"s, text = "\x17\2\1\x63\0\xF3\0"s;
  const std::string cells =
      number_at(0, 0, 3) + formula_at(1, 0, ieee(6), a1 + two + '\5') + formula_at(2, 0, result_of(0), text) +
      record(0x207, unicode(u"có")) + formula_at(3, 0, result_of(3), text) +
      formula_at(4, 0, result_of(1, 1), a1 + two + '\x0D') + formula_at(5, 0, result_of(2, 7), a1 + two + '\6') +
      formula_at(6, 0, ieee(1), "\x43\1\0\0\0"s);  // a name, which is not understood
  EXPECT_EQ(outcome(xls_of(cells)),
            "S: A1=3 A2=[=A1*2]6 A3=[=\"có\"]có A4=[=\"có\"] A5=[=A1>2]TRUE A6=[=A1/2]#DIV/0! A7=[=...]1");
  EXPECT_EQ(see(xls_of(cells)).workbook.sheets.at(0).find({4, 1})->value, Value(""s));
}

TEST(Xls, TakesAFormulaOfOneConstantForAValue) {
  const std::string cells =
      formula_at(0, 0, result_of(1, 1), "\x1D\1"s) + formula_at(0, 1, result_of(2, 42), "\x1C\x2A"s);
  EXPECT_EQ(outcome(xls_of(cells)), "S: A1=TRUE B1=#N/A");
}

TEST(Xls, SharesFormulas) {
  // Two columns left of it, same row, times the fixed $A$1.
  const std::string tokens = "\x4C\0\0\xFE\xC0"s + "\x44\0\0\0\0"s + '\5';
  const std::string shared = record(0x4BC, le(1) + le(2) + le(2, 1) + le(2, 1) + le(2) + le(tokens.size()) + tokens);
  const std::string point = "\1\1\0\2\0"s;
  EXPECT_EQ(outcome(xls_of(formula_at(1, 2, ieee(1), point) + shared + formula_at(2, 2, ieee(2), point))),
            "S: C2=[=A2*$A$1]1 C3=[=A3*$A$1]2");
}

TEST(Xls, TakesResultsThatWereNeverCalculatedForNone) {
  const auto is_empty = [](const std::string& cells) {
    const Seen seen = see(xls_of(cells));
    return std::holds_alternative<std::monostate>(seen.workbook.sheets.at(0).cells.back().value);
  };
  const std::string two = "\x1E\2\0"s, text = "\x17\1\0x"s, a1 = "\x44\0\0\0\xC0"s;
  EXPECT_TRUE(is_empty(formula_at(1, 0, ieee(0), two, 2)));  // to be calculated at the next opening
  EXPECT_FALSE(is_empty(formula_at(1, 0, ieee(0), two, 0)));
  EXPECT_FALSE(is_empty(formula_at(1, 0, ieee(5), two, 2)));
  // Empty texts, and nothing but empty texts: as a program leaves them that cannot calculate.
  EXPECT_TRUE(is_empty(formula_at(1, 0, result_of(3), two)));
  EXPECT_FALSE(is_empty(formula_at(0, 0, ieee(2), two) + formula_at(1, 0, result_of(3), text)));
  // A text result that LibreOffice did not calculate.
  EXPECT_TRUE(is_empty(formula_at(1, 0, ieee(0), text)));
  EXPECT_TRUE(is_empty(label_at(0, 0, u"12 việc") + formula_at(1, 0, ieee(0), a1)));
  EXPECT_FALSE(is_empty(number_at(0, 0, 0) + formula_at(1, 0, ieee(0), a1)));
}

TEST(Xls, GivesNumberFormatsLocksAndFonts) {
  const auto font = [](const std::string& name) {
    return record(0x31, std::string(14, '\0') + le(name.size(), 1) + '\0' + name);
  };
  const auto format = [](unsigned font_index, unsigned number_format, unsigned locked) {
    return record(0xE0, le(font_index) + le(number_format) + le(locked) + std::string(14, '\0'));
  };
  std::string globals;
  for (const char* name : {"Arial", "b", "c", "d", ".VnTime"}) globals += font(name);
  globals += record(0x41E, le(164) + unicode(u"0,0%")) + format(0, 0, 1) + format(0, 9, 0) + format(5, 164, 1) +
             format(3, 14, 1);
  const Seen seen = see(
      xls_of(number_at(0, 0, 0.999, 1) + number_at(1, 0, 0.999, 2) + number_at(2, 0, 45000, 3) + number_at(3, 0, 1, 77),
             globals));
  EXPECT_EQ(style_at(seen.workbook, {1, 1}).number_format, "0%");
  EXPECT_FALSE(style_at(seen.workbook, {1, 1}).locked);
  EXPECT_EQ(style_at(seen.workbook, {2, 1}).number_format, "0,0%");
  EXPECT_EQ(style_at(seen.workbook, {2, 1}).font, ".VnTime");  // fonts count 0, 1, 2, 3, 5
  EXPECT_TRUE(is_date_format(style_at(seen.workbook, {3, 1}).number_format));
  EXPECT_EQ(style_at(seen.workbook, {3, 1}).font, "d");
  EXPECT_EQ(seen.workbook.sheets[0].find({3, 1})->value, Value(45000.0));  // a date is a number with a format
  EXPECT_EQ(seen.workbook.sheets[0].find({4, 1})->style, 0);
}

TEST(Xls, GivesSheetsWithTheirStateAndShape) {
  const std::string merges =
      le(3) + le(0) + le(0) + le(0) + le(3) + le(1) + le(2) + le(1) + le(1) + le(9) + le(3) + le(0) + le(0);
  const std::string shape = record(0xE5, merges) + record(0x12, le(1)) +
                            record(0x208, le(4) + le(0) + le(9) + le(0) + le(0) + le(0) + le(0x20) + le(0)) +
                            record(0x208, le(5) + le(0) + le(9) + le(0) + le(0) + le(0) + le(0x100) + le(0)) +
                            record(0x7D, le(2) + le(300) + le(2000) + le(0) + le(1) + le(0)) +
                            record(0x7D, le(0) + le(1) + le(2000) + le(0) + le(0) + le(0));
  const std::string stream =
      xls_stream({{"Chart", "", 0, 2}, {"Form", shape}, {"_tonghop", label_at(0, 0, u"k"), 2}, {"Gone", "", 1}},
                 record(0x3D, le(0, 4) + le(0, 4) + le(0) + le(2) + le(0)) + record(0x22, le(1)));
  const Workbook workbook = see(write_compound_file("Workbook", stream)).workbook;
  EXPECT_EQ(sheets_of(workbook), "Form:  | *_tonghop: A1=k | *Gone: ");
  EXPECT_EQ(workbook.active, 1);
  EXPECT_TRUE(workbook.dates_from_1904);
  const Sheet& sheet = workbook.sheets.at(0);
  EXPECT_EQ(sheet.merges, (std::vector<Area>{{{1, 1}, {1, 4}}, {{2, 2}, {3, 2}}}));
  ASSERT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.rows[0].row, 5);
  ASSERT_EQ(sheet.columns.size(), 1U);
  EXPECT_EQ(sheet.columns[0].first, 3);
  EXPECT_EQ(sheet.columns[0].last, 256);
  EXPECT_TRUE(sheet.protection);
  EXPECT_FALSE(workbook.sheets.at(1).protection);
}

TEST(Xls, GivesComments) {
  const auto drawn = [](unsigned id, unsigned kind, std::u16string_view text) {
    return record(0x5D, le(0x15) + le(0x12) + le(kind) + le(id) + std::string(14, '\0')) +
           record(0x1B6, std::string(10, '\0') + le(text.size()) + std::string(6, '\0')) +
           record(0x3C, '\1' + wide(text)) + record(0x3C, std::string(16, '\0'));
  };
  const auto note = [](int row, unsigned id) {
    return record(0x1C, le(static_cast<unsigned>(row)) + le(1) + le(0) + le(id) + unicode(u"tác giả"));
  };
  const std::string cells = drawn(7, 0x19, u"xem công văn") + drawn(8, 0x06, u"a text box") + drawn(9, 0x19, u"hai") +
                            note(3, 9) + note(2, 7) + note(1, 8);
  EXPECT_EQ(see(xls_of(cells)).workbook.sheets.at(0).comments,
            (std::vector<Comment>{{{3, 2}, "xem công văn"}, {{4, 2}, "hai"}}));
}

TEST(Xls, CountsOtherWorkbooks) {
  const std::string globals = record(0x1AE, le(3) + le(0x401)) + record(0x1AE, le(1) + le(0x3A01)) +
                              record(0x1AE, le(1) + unicode(u"\1other.xls")) +
                              record(0x1AE, le(1) + unicode(u"\1third.xls")) + record(0x1AE, le(1) + le(900) + "?");
  EXPECT_EQ(see(xls_of("", globals)).workbook.external_links, 3);  // the last is broken, but no less there
}

TEST(Xls, PassesOverChartsInsideSheets) {
  const std::string chart = begin(0x20) + number_at(0, 0, 99) + begin(0x10) + kEndRecord + kEndRecord;
  EXPECT_EQ(outcome(xls_of(number_at(0, 0, 1) + chart + number_at(0, 1, 2))), "S: A1=1 B1=2");
}

TEST(Xls, ReadsExcel95) {
  const auto text = [](int row, unsigned type, const std::string& bytes, const std::string& after = "") {
    return record(type, place(row, 0) + le(bytes.size()) + bytes + after);
  };
  const std::string note = "m\xF4t " + std::string(2044, 'x');
  const std::string cells = text(0, 0x204, "Ch\xEA\xEC \xEA\x8D\xEC") + text(1, 0xD6, "gi\xE0u", "\1\0\1"s) +
                            formula_at(2, 0, result_of(0), "\x44\0\xC0\0"s) + record(0x207, le(2) + "c\xF3") +
                            number_at(3, 0, 0.5, 0) + record(0x1C, le(3) + le(0) + le(2050) + note) +
                            record(0x1C, le(0xFFFF) + le(0) + le(2) + "yz");
  const std::string globals = record(0x42, le(1258)) + record(0x31, std::string(14, '\0') + "\7.VnTime") +
                              record(0x41E, le(164) +
                                                "\2"
                                                "0%") +
                              record(0xE0, le(0) + le(164) + le(1) + std::string(10, '\0')) +
                              record(0x17, "\x0A\1[a.xls]S1"s) + record(0x17, "\x0A\1[a.xls]S2"s) +
                              record(0x17, "\2\3S"s);
  const Seen seen = see(xls5_of(cells, globals));
  // Windows-1258 has its tone marks apart; 8D is no character of it.
  EXPECT_EQ(sheets_of(seen.workbook), "S: A1=Chế ê\xC2\x8D\xCC\x81 A2=giàu A3=[=A1]có A4=0.5");
  EXPECT_EQ(style_at(seen.workbook, {4, 1}).number_format, "0%");
  EXPECT_EQ(style_at(seen.workbook, {4, 1}).font, ".VnTime");
  EXPECT_EQ(seen.workbook.sheets[0].comments, (std::vector<Comment>{{{4, 1}, "môt " + std::string(2044, 'x') + "yz"}}));
  EXPECT_EQ(seen.workbook.external_links, 1);
}

TEST(Xls, KeepsBytesThatACodePageDoesNotKnow) {
  const std::string cells = record(0x204, place(0, 0) + le(3) + "a\x8D\xFD");
  EXPECT_EQ(outcome(xls5_of(cells, record(0x42, le(1252)))), "S: A1=a\xC2\x8Dý");
  EXPECT_EQ(outcome(xls5_of(cells, record(0x42, le(9999)))), "S: A1=a\xC2\x8Dý");
}

TEST(Xls, TakesTheLastOfRepeatedCellsAndDropsThoseOutside) {
  const Seen seen = see(xls_of(number_at(5, 0, 6) + number_at(0, 1, 1) + number_at(0, 1, 2) + number_at(0, 256, 3) +
                               number_at(65535, 255, 4)));
  EXPECT_EQ(sheets_of(seen.workbook), "S: B1=2 A6=6 IV65536=4");
  EXPECT_EQ(findings_of(seen.findings), "cell-repeated S!B1 count=1 | cell-outside S!IW1 count=1");
}

TEST(Xls, SaysWhatCannotBeUsed) {
  const std::string stream = xls_stream({{"S", number_at(0, 0, 1)}});
  const auto in = [](const char* name, const std::string& bytes) { return outcome(write_compound_file(name, bytes)); };
  EXPECT_EQ(in("Workbook", stream), "S: A1=1");
  EXPECT_EQ(outcome(stream), "S: A1=1");  // bare, as some programs write it
  EXPECT_EQ(in("Workbook", xls_stream({{"S", ""}}, record(0x2F, le(1) + std::string(40, 'x')))), "(file-encrypted)");
  EXPECT_EQ(in("EncryptedPackage", "x"), "(file-encrypted)");
  EXPECT_EQ(in("WordDocument", "x"), "(file-docx)");
  EXPECT_EQ(in("__properties_version1.0", "x"), "(file-mail)");
  EXPECT_EQ(in("PowerPoint Document", "x"), "(file-unknown)");
  EXPECT_EQ(in("Book", "\x09\x04\x06\0\0\4\0\1"s), "(file-old-xls)");     // BIFF4
  EXPECT_EQ(outcome("\x09\x02\x06\0\0\0\x10\0\0\0"s), "(file-old-xls)");  // BIFF3
  EXPECT_EQ(outcome("\x09\0\4\0\2\0\x10\0"s), "(file-old-xls)");          // BIFF2
  EXPECT_EQ(in("Workbook", stream.substr(0, 40)), "(file-damaged)");
  EXPECT_EQ(in("Workbook", begin(5) + record(0x85, le(99999, 4) + "\0\0\1\0S"s) + kEndRecord), "(file-damaged)");
}

TEST(Xls, LeavesOutADamagedSheetAndReadsTheOthers) {
  // The second is cut off at its end, or in a cell.
  const std::string stream = xls_stream({{"S", number_at(0, 0, 1)}, {"T", number_at(0, 0, 2)}});
  const std::string cut = stream.substr(0, stream.size() - 4);
  Seen seen = see(write_compound_file("Workbook", cut));
  EXPECT_EQ(sheets_of(seen.workbook), "S: A1=1");
  EXPECT_EQ(findings_of(seen.findings), "sheet-damaged T! problem=the sheet is cut off");
  seen = see(write_compound_file("Workbook",
                                 xls_stream({{"S", record(0x203, place(0, 0) + "123")}, {"T", number_at(0, 0, 2)}})));
  EXPECT_EQ(sheets_of(seen.workbook), "T: A1=2");
  EXPECT_EQ(findings_of(seen.findings), "sheet-damaged S! problem=a record is too short");
}

TEST(Xls, WalksNoSheetTwice) {
  // Thousands of sheets that all begin at the same place.
  std::string list;
  for (int i = 0; i < 5000; ++i) list += record(0x85, le(0, 4) + "\0\0\1\0S"s);
  std::string stream = begin(5) + list + kEndRecord;
  const std::string at = le(stream.size(), 4);
  for (std::size_t i = 0; i < 5000; ++i) stream.replace(begin(5).size() + i * 13 + 4, 4, at);
  stream += begin(0x10) + number_at(0, 0, 1);
  for (int i = 0; i < 20'000; ++i) stream += record(0x208, std::string(16, '\0'));
  stream += kEndRecord;
  const Seen seen = see(write_compound_file("Workbook", stream));
  EXPECT_EQ(sheets_of(seen.workbook), "S: A1=1");
  EXPECT_EQ(seen.findings.size(), 4999U);
  EXPECT_EQ(outcome(write_compound_file("Workbook", stream), {.parts = 4999}), "(file-too-large)");
}

TEST(Xls, ShowsNoVeryLongFormulas) {
  std::string tokens = "\x1E\1\0"s;
  while (tokens.size() < 1700) tokens += "\x41\x80\0"s;  // ISNUMBER of ISNUMBER of ...
  EXPECT_EQ(outcome(xls_of(formula_at(0, 0, ieee(1), tokens))), "S: A1=[=...]1");
}

TEST(Xls, KeepsTheLimits) {
  std::string cells;
  for (int i = 0; i < 11; ++i) cells += shared_at(i, 0, 0);
  const std::string globals = record(0xFC, le(1, 4) + le(1, 4) + unicode(u"0123456789"));
  EXPECT_EQ(outcome(xls_of(cells, globals), {.cells = 10}), "(file-too-large)");
  EXPECT_EQ(outcome(xls_of(cells, globals), {.total_bytes = 109}), "(file-too-large)");
  EXPECT_EQ(see(xls_of(cells, globals), {.total_bytes = 110, .cells = 11}).workbook.sheets.at(0).cells.size(), 11U);
}

TEST(Xls, MayBeCutOffAnywhere) {
  std::string cells;
  for (int i = 0; i < 400; ++i) cells += label_at(i, 0, u"chỉ tiêu") + number_at(i, 1, i);
  const std::string whole = xls_of(cells, record(0xFC, le(1, 4) + le(1, 4) + unicode(u"một")));
  const std::string expected = outcome(whole);
  for (std::size_t size = 0; size < whole.size(); size += 512) {
    EXPECT_THAT(outcome(whole.substr(0, size)), ::testing::AnyOf("(file-damaged)", "(file-empty)", "(file-unknown)"));
  }
  const std::string stream = xls_stream({{"S", cells}});
  for (std::size_t size = 0; size < stream.size(); size += 7) {
    EXPECT_THAT(outcome(stream.substr(0, size)),
                ::testing::AnyOf("(file-damaged)", "(file-empty)", "(file-unknown)", "(file-old-xls)"));
  }
}

}  // namespace
}  // namespace tonghop::xlsx
