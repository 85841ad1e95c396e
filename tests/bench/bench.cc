// How fast reading, merging and writing are, as ratios to floors measured in the same run.
//
//   inflate        -- floor of reading: all parts of the 500 filled workbooks inflated with libzip, nothing else
//   read           -- the same workbooks read, matched and interpreted
//   merge          -- read, merged, and the provincial workbook written
//   deflate        -- floor of writing: the bytes of the parts of 500 blanks deflated with zlib at level 6, nothing
//   else write          -- the same blanks laid out and written
//
// The round is made here from a seed: blanks of all five forms, filled with made figures. One thread.
#include <benchmark/benchmark.h>
#include <zip.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "forms/blank.h"
#include "forms/submission.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "reconcile/return.h"
#include "report/provincial.h"
#include "report/tables.h"
#include "xlsx/package.h"
#include "xlsx/reader.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

constexpr int kAgencies = 500;

const Definitions& definitions() {
  static const Definitions loaded = [] {
    std::vector<std::string> problems;
    return load_definitions(shipped_definitions(), shipped_definitions(), problems);
  }();
  return loaded;
}

const Form& form_of(int agency) {
  std::vector<const Form*> forms;
  for (const Form& form : definitions().forms) {
    if (!form.form.summary) forms.push_back(&form);
  }
  return *forms[static_cast<std::size_t>(agency) % forms.size()];
}

Identity identity_of(int agency) {
  const Form& form = form_of(agency);
  return {form.form.id, form.form.version, "Agency " + std::to_string(agency), "Q1"};
}

std::string blank_of(int agency) {
  const Form& form = form_of(agency);
  return xlsx::write_workbook(blank_workbook(form.form, form.inputs, identity_of(agency), definitions().wording));
}

// A made answer: numbers mostly, now and then typed as text.
std::string filled_of(int agency) {
  const Form& form = form_of(agency);
  std::mt19937 random(static_cast<unsigned>(agency));
  xlsx::Workbook book = blank_workbook(form.form, form.inputs, identity_of(agency), definitions().wording);
  const Layout layout = layout_of(form.form);
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
    const Input& input = form.inputs[r];
    if (!input.expected || input.computed() || random() % 5 == 0) continue;
    auto& cell = book.sheets[static_cast<std::size_t>(form.form.rows[r].sheet)].cell(
        layout.at(form.form, static_cast<int>(r), Role::value));
    const int number = static_cast<int>(random() % 1000);
    if (input.kind == Kind::choice) {
      cell.value = static_cast<double>(input.options[static_cast<std::size_t>(number) % input.options.size()].code);
    } else if (input.kind == Kind::percent) {
      cell.value = number / 1000.0;
    } else if (random() % 10 == 0) {
      cell.value = std::to_string(number) + ".000";
    } else {
      cell.value = static_cast<double>(number);
    }
  }
  return xlsx::write_workbook(book);
}

const std::vector<std::string>& filled() {
  static const std::vector<std::string> books = [] {
    std::vector<std::string> made;
    for (int i = 0; i < kAgencies; ++i) made.push_back(filled_of(i));
    return made;
  }();
  return books;
}

// All parts of a package, inflated with libzip.
std::vector<std::string> inflated(const std::string& bytes) {
  std::vector<std::string> parts;
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat);
    std::string part(stat.size, '\0');
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    zip_fread(file, part.data(), part.size());
    zip_fclose(file);
    parts.push_back(std::move(part));
  }
  zip_discard(archive);
  return parts;
}

std::vector<Return> read_all() {
  Findings findings;
  Matcher matcher(definitions());
  std::vector<Return> returns;
  for (std::size_t i = 0; i < filled().size(); ++i) {
    const std::string name = std::to_string(i) + ".xlsx";
    const xlsx::Workbook book = xlsx::read_workbook(filled()[i], name, findings);
    returns.push_back(reconcile(lift(book, name, matcher.captions()), definitions(), matcher, findings));
  }
  return returns;
}

void inflate(benchmark::State& state) {
  filled();
  for (auto run : state) {
    for (const std::string& book : filled()) benchmark::DoNotOptimize(inflated(book));
  }
}

void read(benchmark::State& state) {
  filled();
  for (auto run : state) benchmark::DoNotOptimize(read_all());
}

void merge_round(benchmark::State& state) {
  filled();
  for (auto run : state) {
    Findings findings;
    const Province province = merge(read_all(), definitions(), findings);
    sort_findings(findings, definitions().wording);
    const auto book = provincial_workbook(province, definitions(), findings, {}, {"", "", "bench"});
    benchmark::DoNotOptimize(xlsx::write_workbook(book));
  }
}

void deflate(benchmark::State& state) {
  std::vector<std::string> parts;
  for (int i = 0; i < kAgencies; ++i) {
    for (std::string& part : inflated(blank_of(i))) parts.push_back(std::move(part));
  }
  for (auto run : state) {
    for (const std::string& part : parts) {
      uLongf size = compressBound(part.size());
      std::string packed(size, '\0');
      compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(part.data()),
                part.size(), 6);
      benchmark::DoNotOptimize(packed);
    }
  }
}

void write(benchmark::State& state) {
  for (auto run : state) {
    for (int i = 0; i < kAgencies; ++i) benchmark::DoNotOptimize(blank_of(i));
  }
}

// Keeps every repetition's CPU time, to print ratios at the end.
class Ratios : public benchmark::ConsoleReporter {
 public:
  Ratios() : ConsoleReporter(OO_None) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type == Run::RT_Iteration) times_[run.run_name.function_name].push_back(run.GetAdjustedCPUTime());
    }
    ConsoleReporter::ReportRuns(runs);
  }

  void print() const {
    std::printf("\n%-22s %8s %8s %8s   %s\n", "ratio to its floor", "min", "median", "max", "median ms per workbook");
    line("read", "inflate");
    line("merge", "inflate");
    line("write", "deflate");
  }

 private:
  void line(const std::string& what, const std::string& floor) const {
    const auto& times = times_.at(what);
    const auto& floors = times_.at(floor);
    std::vector<double> ratios;
    for (std::size_t i = 0; i < times.size(); ++i) ratios.push_back(times[i] / floors[i]);
    std::sort(ratios.begin(), ratios.end());
    std::vector<double> sorted = times;
    std::sort(sorted.begin(), sorted.end());
    std::printf("%-22s %8.2f %8.2f %8.2f   %.3f\n", (what + " / " + floor).c_str(), ratios.front(),
                ratios[ratios.size() / 2], ratios.back(), sorted[sorted.size() / 2] / kAgencies);
  }

  std::map<std::string, std::vector<double>> times_;  // ms a round, by benchmark
};

}  // namespace
}  // namespace tonghop

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  using namespace tonghop;
  const auto add = [](const char* name, void (*function)(benchmark::State&)) {
    benchmark::RegisterBenchmark(name, function)->Unit(benchmark::kMillisecond)->Repetitions(5)->MinTime(0.05);
  };
  add("inflate", inflate);
  add("read", read);
  add("merge", merge_round);
  add("deflate", deflate);
  add("write", write);
  Ratios ratios;
  benchmark::RunSpecifiedBenchmarks(&ratios);
  ratios.print();
  return 0;
}
