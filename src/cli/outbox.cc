// Round -> workbooks in its outbox.
#include "cli/outbox.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/text.h"
#include "cli/files.h"
#include "cli/intake.h"
#include "cli/merging.h"
#include "cli/new_files.h"
#include "cli/progress.h"
#include "cli/return_copies.h"
#include "forms/blank_press.h"
#include "merge/previous.h"
#include "round/file_name.h"
#include "round/notice.h"
#include "round/round.h"
#include "xlsx/reader.h"

namespace tonghop {
namespace {

namespace fs = std::filesystem;

class Outbox {
 public:
  Outbox(const Definitions& definitions, const Round& round, const PreviousRound* previous, const Form* form,
         std::string folder)
      : definitions_(definitions),
        round_(round),
        previous_(previous),
        form_(form),
        folder_(std::move(folder)),
        new_files_(folder_),
        names_(file_names(round)) {}

  void write(const Agency& agency, const std::string& name) {
    const Form* form = form_ != nullptr ? form_ : form_of(agency, definitions_);
    if (form == nullptr) {
      put_down();
      const std::string& lang = definitions_.summary()->form.lang;
      find("form-unnamed", agency.place,
           {{"agency", agency.name},
            {"column", definitions_.wording.text("roster.template", lang)},
            {"usual", definitions_.wording.text("round.form", lang)}});
      return;
    }
    made_.push_back({name + ".xlsx", blank_for(agency, *form)});
    if (made_.size() == at_once_) put_down();
  }

  // All that are expected, then what else lies there.
  void write_all() {
    Progress progress(round_.agencies.size());
    std::set<std::string> issued;
    for (std::size_t a = 0; a < round_.agencies.size(); ++a) {
      progress.step();
      if (!round_.expects(round_.agencies[a])) continue;
      ++agencies_;
      issued.insert(names_[a] + ".xlsx");
      write(round_.agencies[a], names_[a]);
    }
    put_down();
    find_strays(issued);
  }

  void write_one(int agency) {
    const auto index = static_cast<std::size_t>(agency);
    ++agencies_;
    write(round_.agencies[index], names_[index]);
    put_down();
  }

  int finish(const Terminal& terminal) const {
    say(findings_, definitions_.wording, terminal);
    if (!forgotten_.empty()) {
      constexpr std::size_t kShown = 10;
      std::string names;
      for (std::size_t n = 0; n < std::min(forgotten_.size(), kShown); ++n)
        names += (n == 0 ? "" : "; ") + forgotten_[n];
      if (forgotten_.size() > kShown) names += "; …";
      say_done("done.outbox.previous", {{"count", std::to_string(forgotten_.size())}, {"agencies", names}},
               definitions_.wording, terminal);
    }
    say_done("done.outbox",
             {{"agencies", std::to_string(agencies_)},
              {"written", std::to_string(written_)},
              {"unchanged", std::to_string(unchanged_)},
              {"folder", folder_}},
             definitions_.wording, terminal);
    return unwritten_ ? static_cast<int>(kNotWritten) : exit_code(findings_, definitions_.wording);
  }

 private:
  void find(const char* code, const Place& place, Details details = {}) {
    findings_.push_back({code, place, std::move(details), "", "", "", ""});
  }

  // What is the same for all agencies of a form that owe the same is made once. With values of the round before, no two
  // are alike.
  std::string blank_for(const Agency& agency, const Form& form) {
    if (previous_ != nullptr) return press_of(agency, form).print(agency.name, agency.code);
    const std::tuple key(&form, owed_rows(form.form, form.mapping, agency.level, agency.names()), agency.code.empty());
    auto press = presses_.find(key);
    if (press == presses_.end()) press = presses_.emplace(key, press_of(agency, form)).first;
    return press->second.print(agency.name, agency.code);
  }

  BlankPress press_of(const Agency& agency, const Form& form) {
    Agency any = agency;
    any.name = kAnyAgency;
    if (!any.code.empty()) any.code = kAnyCode;
    Notice notice = notice_of(round_, any, definitions_.wording, form.form.lang);
    if (previous_ != nullptr) recall(agency, form, notice);
    const Identity identity{form.form.id, form.form.version, any.name, round_.period, round_.window(), any.code};
    const Inputs inputs = inputs_for(form.form, form.mapping, form.inputs, agency.level, agency.names());
    return BlankPress(blank_workbook(form.form, inputs, identity, definitions_.wording, notice));
  }

  // The agency's values of the round before, under whichever of its names they stand there.
  void recall(const Agency& agency, const Form& form, Notice& notice) {
    const PreviousValues* values = nullptr;
    for (const std::string& name : agency.names()) {
      if (values == nullptr) values = previous_->find(name);
    }
    if (values == nullptr) {
      forgotten_.push_back(agency.name);
      return;
    }
    notice.previous_period = previous_->period;
    for (const int indicator : form.mapping.indicators) {
      const bool known = indicator >= 0 && (*values)[static_cast<std::size_t>(indicator)].has_value();
      notice.previous.push_back(known ? std::optional((*values)[static_cast<std::size_t>(indicator)]->to_double())
                                      : std::nullopt);
    }
  }

  // What became of a workbook that was made.
  struct Outcome {
    bool written = true;
    std::optional<Finding> trouble = {};
    bool failed = false;
  };

  // Puts the workbooks made so far into the folder. What is not simply new waits for the disk one by one, so that many
  // are under way at once, more than there are cores.
  void put_down() {
    constexpr unsigned kUnderWay = 8;
    std::vector<Outcome> outcomes(made_.size());
    const std::vector<std::size_t> others = new_files_.put(made_);
    parallel(
        others.size(), [&](std::size_t o) { outcomes[others[o]] = put_down(made_[others[o]]); }, kUnderWay);
    for (Outcome& outcome : outcomes) {
      unwritten_ = unwritten_ || outcome.failed;
      if (outcome.trouble) {
        findings_.push_back(std::move(*outcome.trouble));
      } else {
        ++(outcome.written ? written_ : unchanged_);
      }
    }
    made_.clear();
  }

  Outcome put_down(const NewFile& made) const {
    const std::string path = (fs::path(folder_) / made.name).string();
    try {
      std::error_code unseen;  // what cannot be looked at cannot be written either, and write_file() will say so
      if (fs::exists(path, unseen)) {
        const std::string there = read_file(path);
        if (there == made.bytes) return {.written = false};
        if (is_edited(there, path)) return {.trouble = Finding{.code = "outbox-edited", .place = {.file = path}}};
      }
      write_file(path, made.bytes);
      return {};
    } catch (const Error& error) {
      return {.trouble = error.finding(), .failed = true};
    }
  }

  // Whether another program has saved it: every one puts the time into it, this one does not. What cannot be read is
  // none of ours.
  static bool is_edited(const std::string& bytes, const std::string& path) {
    try {
      Findings ignored;
      return !xlsx::read_workbook(bytes, path, ignored).modified.empty();
    } catch (const Error&) {
      return true;
    }
  }

  void find_strays(const std::set<std::string>& issued) {
    for (const std::string& name : names_in(folder_, findings_)) {
      const bool workbook = fs::path(name).extension() == ".xlsx" && !passed_over(name);
      if (workbook && !issued.contains(name)) find("outbox-stray", Place{.file = (fs::path(folder_) / name).string()});
    }
  }

  const Definitions& definitions_;
  const Round& round_;
  const PreviousRound* previous_;  // null without one
  const Form* form_;               // of all; null: each agency's own
  std::string folder_;
  NewFiles new_files_;
  std::size_t at_once_ = NewFiles::at_once();
  std::vector<std::string> names_;  // of files, by agency
  // By form, rows owed, and whether there is no code.
  std::map<std::tuple<const Form*, std::vector<bool>, bool>, BlankPress> presses_;
  std::vector<NewFile> made_;  // not put down yet
  Findings findings_;
  std::vector<std::string> forgotten_;  // agencies that the round before does not know
  int agencies_ = 0, written_ = 0, unchanged_ = 0;
  bool unwritten_ = false;  // something could not be written
};

}  // namespace

int write_outbox(const Definitions& definitions, const BlankOptions& options, const Terminal& terminal) {
  if (options.templates.size() > 1) {
    say(Trouble{"usage.round-template", {}}, definitions.wording, terminal);
    return kUsage;
  }
  const std::string folder = options.folder.empty() ? beside(options.round, "outbox") : options.folder;
  if (const auto trouble = among_inputs(folder, {beside(options.round, "inbox")})) {
    say(*trouble, definitions.wording, terminal);
    return kUsage;
  }
  bool good = true;
  const std::unique_ptr<const Round> opened = open_round(options.round, definitions, {}, terminal, good);
  if (!good) return kUsage;
  Round round = *opened;
  if (!trimmed(options.period).empty()) round.period = nfc(trimmed(options.period));
  const int agency = options.agency.empty() ? -1 : round.find(options.agency);
  if (agency < 0 && !options.agency.empty()) {
    std::vector<std::string> names;
    for (const Agency& one : round.agencies) names.push_back(one.name);
    say({"usage.not-on-roster",
         {{"agency", options.agency},
          {"file", round.file},
          {"hint", hint(options.agency, names, definitions.wording, terminal)}}},
        definitions.wording, terminal);
    return kUsage;
  }
  std::optional<PreviousRound> previous;
  if (!options.previous.empty()) {
    try {
      previous = open_previous(options.previous, definitions, {});
    } catch (const Error& error) {
      say({error.finding()}, definitions.wording, terminal);
      return kUsage;
    }
  }
  const Form* form = options.templates.empty() ? nullptr : definitions.find(options.templates.front());
  Outbox outbox(definitions, round, previous ? &*previous : nullptr, form, folder);
  if (agency >= 0) {
    outbox.write_one(agency);
  } else {
    outbox.write_all();
  }
  return outbox.finish(terminal);
}

}  // namespace tonghop
