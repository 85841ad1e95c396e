// Exports read back: nothing is lost in any format, and whatever was changed is refused and named.
#include "reconcile/exported.h"

#include <gtest/gtest.h>

#include <array>
#include <map>

#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

constexpr std::array<ExportFormat, 3> kFormats = {ExportFormat::csv, ExportFormat::json, ExportFormat::sqlite};

// All that is known of an arrival, one fact a line. A field that is added to one of these types does not compile here
// until it is looked at: what it says must travel, or be made anew.
std::string told(const Arrival& arrival) {
  const auto& [state, path, bytes, hash, mails, answer, agency_found, findings, told_by] = arrival;
  EXPECT_EQ(agency_found, "");  // with a round, after reading
  std::string text =
      std::to_string(static_cast<int>(state)) + " " + path + " " + std::to_string(bytes) + " " + hash + "\n";
  for (const auto& [sender, name, sent, subject] : mails)
    text += "mail " + sender + "|" + name + "|" + sent + "|" + subject + "\n";
  const auto place_of = [](const Place& place) {
    const auto& [file, sheet, cell, line, column] = place;
    return file + "|" + sheet + "|" + cell + "|" + std::to_string(line) + "|" + std::to_string(column) + "|";
  };
  if (answer) {
    const auto& [file, form, agency, inside, sender, named, period, agency_code, sent, modified, observations, notes,
                 missing, within, superseded] = *answer;
    EXPECT_EQ(inside + sender, "");  // told later, from the roster and from the mails
    text += file + "|" + form->form.id + "|" + agency + (named ? "|named|" : "|unnamed|") + period + "|" + agency_code +
            "|" + sent + "|" + modified + "\n";
    for (const std::string& name : within) text += "within " + name + "\n";
    for (const auto& [indicator, row, place, raw, value, words, note, decimals, decision, status, computed] :
         observations) {
      text += std::to_string(indicator) + "|" + std::to_string(row) + "|" + place_of(place) + raw + "|" +
              std::string(to_string(status)) + "|" + (value ? value->to_string() : "none") + "|" + words + "|" + note +
              (computed ? "|computed|" : "|") + std::to_string(decimals) + "|" + std::to_string(decision) + "\n";
    }
    for (const auto& [row, place, note] : notes) text += std::to_string(row) + "|" + place_of(place) + note + "\n";
    for (const int row : missing) text += "missing " + std::to_string(row) + "\n";
    EXPECT_TRUE(superseded.empty());
  }
  for (const auto& [code, place, details, agency, indicator, raw, value, check, state, decision] : findings) {
    text += code + "|" + place_of(place) + agency + "|" + indicator + "|" + raw + "|" + value;
    EXPECT_TRUE(check.empty() && state == Finding::State::open && decision == -1);  // made after reading
    for (const auto& [name, detail] : details) text += "|" + name + "=" + detail;
    text += "\n";
  }
  return text;
}

std::string told(const std::vector<Arrival>& arrivals) {
  std::string text;
  for (const Arrival& arrival : arrivals) text += told(arrival);
  return text;
}

Arrival arrival(const xlsx::Workbook& book, const std::string& path) {
  Arrival one;
  one.state = Arrival::State::used;
  one.path = path;
  one.bytes = 12'345;
  one.sha256 = "hash of " + path;
  Matcher matcher(trees());
  one.answer = reconcile(lift(book, path, matcher.captions()), trees(), matcher, one.findings);
  one.answer->modified = "2027-04-02T08:15:00Z";
  one.answer->code = "H12";
  one.answer->sent = "2027-04-03T08:15:00Z";
  one.mails = {{"a@so.vn", "Sở \"A\", B", "2027-04-03T08:15:00Z", "Báo cáo; quý I"}, {"", "", "", ""}};
  one.answer->within = {"Town, \"East\""};
  return one;
}

Arrival other(Arrival::State state, const std::string& path, const std::string& code, const Details& details = {}) {
  Arrival one;
  one.state = state;
  one.path = path;
  one.findings.push_back({.code = code, .place = {.file = path}, .details = details});
  return one;
}

// Every kind of answer, doubt and trouble; figures made up.
std::vector<Arrival> arrivals() {
  xlsx::Workbook odd = filled_trees("Làng “Xa”, xã Bé");
  type_in(odd, 0,
          {{"D10", "about 1,500"},
           {"D11", "9 (4 + 4)"},
           {"D13", "7,000"},
           {"D14", "0.1"},
           {"D16", "/"},
           {"D17", "a \"bit\",\nnot more"}});
  type_in(odd, 0, {{"E10", "x, y;\n\"z\""}, {"E9", "beside the share"}, {"E8", " beside a heading"}});
  type_in(odd, 1,
          {{"D8", 7.0}, {"D9", "70,5%"}, {"D10", xlsx::Value()}, {"D11", "1. first\n2. second"}, {"D12", "1e400"}});
  xlsx::Workbook torn = without_identity(filled_trees(""));
  delete_rows(torn.sheets[0], 14, 2);
  std::vector<Arrival> all;
  all.push_back(arrival(filled_trees(), "in/a.xlsx"));
  all.push_back(arrival(odd, "in/b, \"quoted\".xlsx"));
  all.push_back(arrival(torn, "in/c\nd.xlsx"));
  Observation part = all[0].answer->observations.front();  // as taken out of "99,62% (523/525)"
  part.row = -1;
  part.status = Status::extracted;
  part.value = Decimal::parse("-0.000000000000000001");
  all[0].answer->observations.push_back(part);
  all.push_back(other(Arrival::State::refused, "in/d.xlsx", "file-damaged", {{"problem", "a \x01 b\tc\\"}, {"", ""}}));
  all.push_back(other(Arrival::State::ignored, "in/readme.txt", "file-ignored"));
  all.push_back(other(Arrival::State::absent, "in/gone.xlsx", "file-missing"));
  return all;
}

std::string exported(ExportFormat format, const Definitions& definitions = trees()) {
  return write_exported(arrivals(), definitions, "tonghop test", format);
}

TEST(Exported, GivesBackEveryArrivalInEveryFormat) {
  const std::string all = told(arrivals());
  for (const std::string part : {"extracted", "ambiguous", "not_applicable", "unreadable", "blank", "unnamed",
                                 "missing", "beside a heading", "value-extracted", "rows-missing", "\x01"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << " is not tried here";
  }
  for (const ExportFormat format : kFormats) {
    const std::string bytes = exported(format);
    ASSERT_TRUE(is_exported(bytes));
    const std::vector<Arrival> back = read_exported(bytes, "e", trees());
    EXPECT_TRUE(told(back) == all) << static_cast<int>(format) << told(back) << all;
    for (const Arrival& one : back) EXPECT_EQ(one.told_by, "e");
    EXPECT_EQ(write_exported(back, trees(), "tonghop test", format), bytes);
    EXPECT_EQ(told(read_exported(write_exported({}, trees(), "", format), "e", trees())), "");
  }
}

TEST(Exported, ReplacesBytesThatAreNoText) {
  std::vector<Arrival> bad = {other(Arrival::State::refused, "h\xF4 so.xlsx", "file-damaged", {{"problem", "\xFF"}})};
  const std::string bytes = write_exported(bad, trees(), "", ExportFormat::json);
  EXPECT_EQ(read_exported(bytes, "e", trees()).at(0).path, "h\uFFFD so.xlsx");
}

// What is refused: where, found, expected.
std::string refusal(const std::string& bytes) {
  EXPECT_TRUE(is_exported(bytes));
  try {
    read_exported(bytes, "e.csv", trees());
  } catch (const Error& error) {
    EXPECT_EQ(error.finding().code, "export-damaged");
    EXPECT_EQ(error.finding().place, Place{.file = "e.csv"});
    std::string text;
    for (const auto& detail : error.finding().details) text += (text.empty() ? "" : " | ") + detail.second;
    return text;
  }
  return "taken";
}

std::string replaced(std::string text, const std::string& old, const std::string& by) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), by);
}

TEST(Exported, SaysWhatWasChangedInACsv) {
  const std::string good = write_exported({arrival(filled_trees(), "a.xlsx")}, trees(), "p", ExportFormat::csv);
  const std::string row =
      "observations,1,a.xlsx,hash of a.xlsx,Town,June,trees,Trees,D10,1.1.a,,- Trees planted,trees.planted,"
      "count,Trees,10,10,,exact,";
  ASSERT_NE(good.find(row), std::string::npos) << good;
  struct Case {
    std::string old, by, refusal;
  };
  const std::vector<Case> table = {
      {",10,10,,exact", ",10,11,,exact", "as a whole | other content, SHA-256 *"},
      {",10,10,,exact", ",10,1e1,,exact", "line 5, value | 1e1 | a decimal number such as -12.5"},
      {",10,10,,exact", ",10,\"10,0\",,exact", "line 5, value | 10,0 | a decimal number such as -12.5"},
      {",10,10,,exact", ",10,,,exact", "line 5, status | exact | a status without a value"},
      {",10,10,,exact", ",10,10,,blank", "line 5, status | blank | a status with a value"},
      {",10,10,,exact", ",10,10,,sure", "line 5, status | sure | a status such as exact"},
      {",10,10,,exact", ",10,10,exact", "line 5 | 38 fields | 39"},
      {",1.1.a,", ",1.1.z,", "line 5, key | 1.1.z | the key of a row of trees"},
      {",1.1.a,", ",1.1.b,", "line 5, indicator | trees.planted | “trees.alive” in this row"},
      {",trees.planted,", ",trees.plantes,",
       "line 5, indicator | trees.plantes | an indicator of the definitions in use"},
      {row, "observations,2" + row.substr(14), "line 5, file_id | 2 | the id of a file above"},
      {row, "observations,x" + row.substr(14), "line 5, file_id | x | a whole number"},
      {row, "notes,1" + row.substr(14), "line 5, record | notes | export, files, observations, remarks or findings"},
      {row + "0,0,,,,,,", row + "0,0,,,,,,used", "line 5, state | used | nothing in a row of observations"},
      {row, "\"" + row, "line 5 | the end of the file inside quotes | a closing quote"},
      {row, "\"observations\"x" + row.substr(12),
       "line 5 | x behind observations | a separator or the end of the line"},
      {row, "", "line 5 | 20 fields | 39"},
      {"\nfiles,1,", "\nfiles,2,", "line 3, file_id | 2 | 1"},
      {"\nfiles,", "\nexport,", "line 3, file_id | 1 | nothing in a row of export"},
      {",trees,,", ",treez,,", "line 3, template | treez | a template of the definitions in use"},
      {",used,12345,3,", ",used,12345,2,", "line 3, template_version | 2 | version 3 of the template"},
      {",used,12345,3,", ",gone,12345,3,", "line 3, state | gone | one of used, refused, ignored, absent"},
      {",used,12345,3,", ",refused,12345,3,", "line 3, template | trees | a template for each file that was used"},
      {",12345,", ",12.345,", "line 3, bytes | 12.345 | a whole number"},
      {"tonghop export 2", "tonghop export 1", "line 2, format | tonghop export 1 | tonghop export 2"},
      {"record,file_id", "record,fileid", "line 1 | record,fileid,file,* | the header as written: record,file_id,*"},
      {"record,file_id", "record;file_id", "line 1 | record;file_id,file,* | the header as written: record,file_id,*"},
      {"record,file_id", "\uFEFFrecord,file_id",
       "line 1 | \uFEFFrecord,file_id,file,* | the header as written: record,file_id,*"},
  };
  for (const auto& [old, by, expected] : table) {
    const std::string said = refusal(replaced(good, old, by));
    std::string pattern = expected;  // "*" stands for anything
    std::size_t at = 0;
    bool fits = true;
    for (std::size_t from = 0; from <= pattern.size() && fits;) {
      const std::size_t star = std::min(pattern.find('*', from), pattern.size());
      const std::string part = pattern.substr(from, star - from);
      const std::size_t found = said.find(part, at);
      fits = found != std::string::npos && (from > 0 || found == 0);
      at = found + part.size();
      from = star + 1;
    }
    EXPECT_TRUE(fits && (at == said.size() || pattern.ends_with('*'))) << said << "\nexpected: " << expected;
  }
  const std::string line = good.substr(good.find(row), good.find('\n', good.find(row)) + 1 - good.find(row));
  // A row less, a row more, rows of a file that is not there.
  EXPECT_EQ(refusal(replaced(good, line, "")).substr(0, 45), "as a whole | no observation in its place for ");
  EXPECT_EQ(refusal(replaced(good, line, line + line)).substr(0, 45), "as a whole | no observation in its place for ");
  EXPECT_EQ(refusal(good.substr(0, good.size() - 1)).substr(0, 8), "line 15 ");
  EXPECT_EQ(refusal(good.substr(0, good.find('\n') + 1)), "as a whole | no row of export | one");
}

TEST(Exported, SaysWhatWasChangedInJson) {
  const std::string good = write_exported({arrival(filled_trees(), "a.xlsx")}, trees(), "p", ExportFormat::json);
  struct Case {
    std::string old, by, refusal;
  };
  const std::vector<Case> table = {
      {R"("value": "10")", R"("value": 10)", "observations, row 2, value | 10 | a text"},
      {R"("value": "10")", R"("value": null)", "observations, row 2 | null | lists of rows as written"},
      {R"("value": "10")", R"("value": ["10"])", "observations, row 2 | a list | lists of rows as written"},
      {R"("value": "10")", R"("valu": "10")", "observations, row 2 | valu | each column of the table once"},
      {R"("value": "10", )", "", "observations, row 2, value | nothing | a value"},
      {R"("value": "10")", R"("value": "10", "value": "10")",
       "observations, row 2 | value | each column of the table once"},
      {R"("bytes": 12345)", R"("bytes": "12345")", "files, row 1, bytes | 12345 | a number"},
      {R"("bytes": 12345)", R"("bytes": -1)", "files, row 1, bytes | -1 | a whole number"},
      {R"("observations": [)", R"("values": [)", "top level | values | the name of a table"},
      {R"("observations": [)", R"("observations": [ 7,)", "observations, row 1 | 7 | lists of rows as written"},
      {"\n],\n\"remarks\": [\n]", "", "*"},
      {R"("files": [)", R"("files": {)", "files, row 1 | an object | lists of rows as written"},
      {R"("format": )", R"("format" )",
       "line 3 | {\"format\" \"tonghop export 2\", \"program\": \"p\", \"definitions\": \"*"},
  };
  for (const auto& [old, by, expected] : table) {
    const std::string said = refusal(replaced(good, old, by));
    if (expected.ends_with('*')) {
      EXPECT_EQ(said.substr(0, expected.size() - 1), expected.substr(0, expected.size() - 1));
    } else {
      EXPECT_EQ(said, expected);
    }
  }
  EXPECT_EQ(refusal(good.substr(0, good.size() / 2)).substr(0, 5), "line ");
}

// Whatever is broken: the same arrivals, or none.
TEST(Exported, IsNeverReadDifferentlyAfterDamage) {
  const std::string all = told(arrivals());
  for (const ExportFormat format : kFormats) {
    const std::string good = exported(format);
    int refused = 0;
    const auto expect_same_or_none = [&](const std::string& bytes, std::size_t at) {
      if (!is_exported(bytes)) return;
      try {
        EXPECT_TRUE(told(read_exported(bytes, "e", trees())) == all) << static_cast<int>(format) << " at " << at;
      } catch (const Error& error) {
        EXPECT_EQ(error.finding().code, "export-damaged");
        ++refused;
      }
    };
    const std::size_t step = good.size() / 800 + 1;
    for (std::size_t at = 0; at < good.size(); at += step) {
      std::string bytes = good;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
      expect_same_or_none(bytes, at);
    }
    for (std::size_t at = 0; at < good.size(); at += 8 * step) expect_same_or_none(good.substr(0, at), at);
    EXPECT_GT(refused, 200);
  }
}

TEST(Exported, SaysThatItWasMadeWithOtherDefinitions) {
  Definitions others = trees();
  others.fingerprint = "of others";
  const std::vector<Arrival> back = read_exported(exported(ExportFormat::csv, others), "e.csv", trees());
  ASSERT_EQ(back.size(), arrivals().size() + 1);
  EXPECT_EQ(codes(back.back().findings), "export-definitions\n");
  EXPECT_EQ(back.back().state, Arrival::State::ignored);
  expect_sentences(back.back().findings, trees());
}

TEST(Exported, IsKnownByItsContent) {
  for (const std::string text :
       {"", "record", "recorder,x", "file,sheet", "[]", "{}", "{\"exports\": []}", "SQLite format 3"}) {
    EXPECT_FALSE(is_exported(text)) << text;
  }
  EXPECT_TRUE(is_exported(" {\n\t\"export\": []}"));
  std::string database = exported(ExportFormat::sqlite);
  EXPECT_TRUE(is_exported(database));
  database[68] = 'x';  // another program's
  EXPECT_FALSE(is_exported(database));
  EXPECT_EQ(export_format("a.b/c.sqlite"), ExportFormat::sqlite);
  EXPECT_EQ(export_format("a.json/c"), std::nullopt);
}

TEST(TellApart, KeepsEachFileOnceAndNamesThoseThatOnlyShareAPath) {
  const auto of = [](const std::string& path, const std::string& hash, const std::string& told_by) {
    Arrival one = other(Arrival::State::refused, path, "file-damaged");
    one.sha256 = hash;
    one.told_by = told_by;
    return one;
  };
  const auto shown = [](std::vector<Arrival> all) {
    tell_apart(all);
    std::string text;
    for (const Arrival& one : all) {
      EXPECT_EQ(one.findings.at(0).place.file, one.path);
      text += one.path + " " + one.sha256 + "\n";
    }
    return text;
  };
  EXPECT_EQ(shown({of("a", "1", "x.csv"), of("b", "2", "x.csv"), of("a", "1", "y.csv"), of("a", "1", "")}),
            "b 2\na 1\n");
  EXPECT_EQ(shown({of("a", "1", "x.csv"), of("a", "2", "y.csv")}), "x.csv/a 1\ny.csv/a 2\n");
  EXPECT_EQ(shown({of("a", "1", "x.csv"), of("a", "2", "")}), "x.csv/a 1\na 2\n");
  EXPECT_EQ(shown({of("z/a", "1", "x.csv"), of("z/a", "2", "x.csv")}), "z/a 1\nz/a 2\n");  // twice in one archive
  std::vector<Arrival> two = {arrival(filled_trees(), "a.xlsx"), arrival(filled_trees("Village"), "a.xlsx")};
  two[0].told_by = "x.csv";
  two[1].sha256 = "other";
  two[1].told_by = "y.csv";
  tell_apart(two);
  EXPECT_EQ(two[0].answer->file, "x.csv/a.xlsx");
  EXPECT_EQ(two[1].answer->observations.at(3).place.file, "y.csv/a.xlsx");
}

}  // namespace
}  // namespace tonghop
