// Taking files apart until there are workbooks, and reading these.
#include "cli/taking.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <sstream>
#include <utility>

#include "base/parallel.h"
#include "base/sha256.h"
#include "base/text.h"
#include "cli/archive.h"
#include "cli/progress.h"
#include "cli/read_cache.h"
#include "forms/submission.h"
#include "mail/mailbox.h"
#include "mail/reader.h"
#include "merge/nested.h"
#include "reconcile/exported.h"
#include "reconcile/match.h"
#include "xlsx/reader.h"

namespace tonghop {
namespace {

// Codes that say: by its content this is no spreadsheet, and holds none.
bool foreign(const std::string& code) {
  return code == "file-unknown" || code == "file-markup" || code == "file-pdf" || code == "file-docx" ||
         code == "file-image" || code == "file-empty" || code == "file-unsynced";
}

bool named_as_mail(const std::string& path) {
  const std::string extension = lower(std::filesystem::path(path).extension().string());
  return extension == ".eml" || extension == ".mbox" || extension == ".msg";
}

// Archives and mails around a file, at most; what lies deeper is not opened.
constexpr int kLevels = 8;

Error nested_too_deep(const std::string& path) {
  return Error("file-nested", {.file = path}, {{"most", std::to_string(kLevels)}});
}

// What archives and mails a file came in.
struct Nest {
  int level = 0;                     // how many of them
  std::vector<MailHead> mails = {};  // the innermost first
  bool named = false;                // whether it lies in none, but was given on the command line
};

// The mail of a file that came in one, beside that of the mails around it.
std::vector<MailHead> together(std::vector<MailHead> inner, const std::vector<MailHead>& outer) {
  inner.insert(inner.end(), outer.begin(), outer.end());
  return inner;
}

Arrival unopened(const std::string& path, const Nest& nest = {}) {
  Arrival arrival;
  arrival.path = path;
  arrival.mails = nest.mails;
  return arrival;
}

Arrival opened(const std::string& path, const std::string& bytes, const Nest& nest) {
  Arrival arrival = unopened(path, nest);
  arrival.bytes = bytes.size();
  arrival.sha256 = sha256(bytes);
  return arrival;
}

// By which mail a person finds what is said of it.
void tell_mail(Finding& finding, const std::vector<MailHead>& mails) {
  const auto known = [](const std::string& text) { return text.empty() ? "—" : text; };
  finding.details.emplace_back("sender", known(mails.empty() ? "" : mails.front().sender));
  finding.details.emplace_back("subject", known(mails.empty() ? "" : mails.front().subject));
}

bool about_mail(const Finding& finding) {
  return finding.code.str().starts_with("mail-") || finding.code.str().starts_with("attachment-");
}

// Codes that say: this mail is none of an agency that answers.
bool no_answer(const std::string& code) {
  return code == "mail-bounced" || code == "mail-receipt" || code == "mail-unsent";
}

// What all threads share.
struct Shared {
  Shared(const Definitions& all, const Taking& taking) : definitions(all), how(taking) {}

  const Definitions& definitions;
  const Taking& how;
  std::vector<std::string> cloud_hosts;
  std::mutex mails;  // nothing says that GMime may run on several threads
  std::mutex keep;

  // For a file behind so many others; null where it is to be read. A few are read sooner than the cache is opened.
  ReadCache* cache(std::size_t behind) {
    constexpr std::size_t kFew = 20;
    if (!how.cache || behind < kFew) return nullptr;
    std::call_once(opened_, [this] { cache_ = std::make_unique<ReadCache>(definitions, how.limits); });
    return cache_.get();
  }

 private:
  std::once_flag opened_;
  std::unique_ptr<ReadCache> cache_;
};

// Lets others lock the mutex while it lives.
class Unlocked {
 public:
  explicit Unlocked(std::mutex& mutex) : mutex_(mutex) { mutex_.unlock(); }
  ~Unlocked() { mutex_.lock(); }
  Unlocked(const Unlocked&) = delete;
  Unlocked& operator=(const Unlocked&) = delete;

 private:
  std::mutex& mutex_;
};

// Takes one input after the other; one a thread.
class Taker {
 public:
  explicit Taker(Shared& shared) : shared_(shared), matcher_(shared.definitions) {}

  std::vector<Arrival> take(const InputFile& input, std::size_t index);

 private:
  void take(const std::string& path, const std::string& bytes, const Nest& nest);
  void take_archive(const std::string& path, const std::string& bytes, const Nest& nest);
  template <typename Source>
  void take_mails(Source source, const std::string& path, const Nest& nest);
  void judge_mail(const MailSeen& mail, const Nest& nest, std::size_t before);
  void reconcile_one(const std::string& bytes, Arrival& arrival, bool named);
  void accept(Return answer, const std::string& bytes, Arrival& arrival);
  void refuse(Arrival arrival, Finding why) {
    if (about_mail(why)) tell_mail(why, arrival.mails);
    arrival.findings.push_back(std::move(why));
    arrivals_.push_back(std::move(arrival));
  }
  void ignore(Arrival arrival, Finding why) {
    arrival.state = Arrival::State::ignored;
    refuse(std::move(arrival), std::move(why));
  }

  // Whether nothing but what is no workbook has arrived since; in the mail of this path also mails that it brings back.
  bool nothing_since(std::size_t before, const std::string& mail = "") const {
    return std::all_of(arrivals_.begin() + static_cast<std::ptrdiff_t>(before), arrivals_.end(),
                       [&](const Arrival& one) {
                         if (one.state != Arrival::State::ignored) return false;
                         const std::string& code = one.findings.front().code;
                         return code == "file-ignored" || (no_answer(code) && !mail.empty() && one.path != mail);
                       });
  }

  const xlsx::Limits& limits() const { return shared_.how.limits; }

  Shared& shared_;
  Matcher matcher_;
  std::size_t index_ = 0;          // of the input file that is being read
  std::vector<Arrival> arrivals_;  // of it
  ArchiveCost cost_;               // of it, or of one mail of a mailbox
};

std::vector<Arrival> Taker::take(const InputFile& input, std::size_t index) {
  if (std::filesystem::path(input.path).filename().string().starts_with("~$")) return {};
  const std::string path = clean_utf8(input.path);  // outputs are text
  index_ = index;
  cost_ = {};
  arrivals_.clear();
  try {
    std::error_code unseen;  // is said by read_file
    if (std::filesystem::is_regular_file(input.path, unseen)) {
      const OpenFile file(input.path);
      std::string head = file.head(kMailHead);
      if (mail_format(head, named_as_mail(path)) != MailFormat::none) {
        take_mails(file.descriptor(), path, {});
      } else {
        take(path, file.from(std::move(head)), {.named = input.named});
      }
      return std::move(arrivals_);
    }
    take(path, read_file(input.path), {.named = input.named});
  } catch (const Error& error) {
    Finding finding = error.finding();
    finding.place.file = path;
    refuse(unopened(path), std::move(finding));
  }
  return std::move(arrivals_);
}

void Taker::take(const std::string& path, const std::string& bytes, const Nest& nest) {
  spdlog::debug("reading {}", path);
  Arrival arrival = opened(path, bytes, nest);
  try {
    if (is_exported(bytes)) {
      for (Arrival& one : read_exported(bytes, path, shared_.definitions)) arrivals_.push_back(std::move(one));
      return;
    }
    if (mail_format(std::string_view(bytes).substr(0, kMailHead), named_as_mail(path)) != MailFormat::none) {
      if (nest.level == kLevels) throw nested_too_deep(path);
      take_mails(std::string_view(bytes), path, nest);
      return;
    }
    reconcile_one(bytes, arrival, nest.named);
    arrivals_.push_back(std::move(arrival));
  } catch (const Error& error) {
    Finding finding = error.finding();
    if (finding.code == "file-zip") {
      if (nest.level < kLevels) {
        take_archive(path, bytes, nest);
      } else {
        refuse(std::move(arrival), nested_too_deep(path).finding());
      }
      return;
    }
    if (finding.code == "file-unknown" && named_as_mail(path)) {
      refuse(std::move(arrival),
             {.code = "mail-damaged", .place = {.file = path}, .details = {{"problem", "problem.no-mail"}}});
      return;
    }
    if (!nest.named && foreign(finding.code) && !named_as_workbook(path) && !named_as_mail(path)) {
      finding.code = "file-ignored";
      ignore(std::move(arrival), std::move(finding));
      return;
    }
    if (about_mail(finding)) tell_mail(finding, arrival.mails);
    // Where the form's sheet is damaged, that is said already; that no table was found only follows from it.
    const bool follows = finding.code == "table-missing" &&
                         std::any_of(arrival.findings.begin(), arrival.findings.end(),
                                     [](const Finding& said) { return said.code == "sheet-damaged"; });
    if (!follows) arrival.findings.push_back(std::move(finding));
    arrivals_.push_back(std::move(arrival));
  }
}

void Taker::reconcile_one(const std::string& bytes, Arrival& arrival, bool named) {
  ReadCache* const cache = shared_.cache(index_ + arrivals_.size());
  if (cache != nullptr) {
    if (auto known = cache->find(arrival.sha256, arrival.path)) {
      spdlog::debug("known {}", arrival.path);
      arrival.findings = std::move(known->findings);
      accept(std::move(known->answer), bytes, arrival);
      return;
    }
  }
  const xlsx::Workbook book = xlsx::read_workbook(bytes, arrival.path, arrival.findings, limits());
  Return answer =
      reconcile(lift(book, arrival.path, matcher_.captions()), shared_.definitions, matcher_, arrival.findings);
  if (answer.form->form.summary) {
    const Round* const round = shared_.how.round;
    const bool listed = round != nullptr && round->find(answer.agency) >= 0;
    if (!shared_.how.summaries && !named && !listed) {
      arrival.findings.clear();  // how its totals read as answers is beside the point
      throw Error("summary-as-input", Place{.file = arrival.path});
    }
    answer.within = agencies_within(book, shared_.definitions.wording);
  }
  if (cache != nullptr) cache->put(arrival.sha256, answer, arrival.findings);
  accept(std::move(answer), bytes, arrival);
}

void Taker::accept(Return answer, const std::string& bytes, Arrival& arrival) {
  arrival.state = Arrival::State::used;
  answer.sent = first_sent(arrival.mails);
  arrival.answer = std::move(answer);
  if (!shared_.how.keep) return;
  const std::lock_guard lock(shared_.keep);
  shared_.how.keep(arrival.path, arrival.sha256, bytes);
}

void Taker::take_archive(const std::string& path, const std::string& bytes, const Nest& nest) {
  const std::size_t before = arrivals_.size();
  const Nest inside{.level = nest.level + 1, .mails = nest.mails};
  const ArchiveUse use{
      .file = [&](const std::string& name, const std::string& file) { take(path + "/" + name, file, inside); },
      .damaged =
          [&](const std::string& name, Finding why) {
            Arrival unread = unopened(path + "/" + name, inside);
            why.place.file = unread.path;
            refuse(std::move(unread), std::move(why));
          }};
  try {
    read_archive(bytes, path, limits(), cost_, use);
    if (nothing_since(before)) refuse(opened(path, bytes, nest), {.code = "archive-empty", .place = {.file = path}});
  } catch (const Error& error) {
    refuse(opened(path, bytes, nest), error.finding());
  }
}

// `source`: bytes or a descriptor.
template <typename Source>
void Taker::take_mails(Source source, const std::string& path, const Nest& nest) {
  std::size_t before = arrivals_.size();
  const MailLimits mail_limits{.mail_bytes = limits().total_bytes,
                               .attachment_bytes = limits().part_bytes,
                               .parts = limits().parts,
                               .levels = kLevels - nest.level - 1};
  const std::lock_guard reading(shared_.mails);
  const auto file = [&](MailFile&& one) {
    const Unlocked others_read(shared_.mails);
    // Each mail that it came in is a level.
    const Nest inside{.level = nest.level + static_cast<int>(one.mails.size()),
                      .mails = together(std::move(one.mails), nest.mails)};
    if (!one.trouble) {
      if (!passed_over(std::filesystem::path(one.path).filename().string())) take(one.path, one.bytes, inside);
    } else if (one.trouble->code == "file-nested") {
      refuse(unopened(one.path, inside), nested_too_deep(one.path).finding());
    } else if (no_answer(one.trouble->code)) {
      ignore(unopened(one.path, inside), std::move(*one.trouble));
    } else {
      refuse(unopened(one.path, inside), std::move(*one.trouble));
    }
  };
  const auto mail = [&](const MailSeen& one) {
    judge_mail(one, nest, before);
    before = arrivals_.size();
    if (nest.level == 0) cost_ = {};
  };
  read_mails(source, path, mail_limits, {.hosts = shared_.cloud_hosts, .file = file, .mail = mail});
}

// `before`: how many had arrived before its files.
void Taker::judge_mail(const MailSeen& mail, const Nest& nest, std::size_t before) {
  Arrival arrival;
  arrival.path = mail.path;
  arrival.bytes = mail.bytes;
  arrival.sha256 = mail.sha256;
  arrival.mails = together(mail.mails, nest.mails);
  // The attachment in which a mail is cut off is damaged for that reason and no other.
  const bool torn = arrivals_.size() > before && arrivals_.back().state == Arrival::State::refused &&
                    arrivals_.back().findings.back().code == "file-damaged";
  if (mail.trouble && mail.trouble->code == "mail-damaged" && torn) {
    Finding& why = arrivals_.back().findings.back();
    why.code = mail.trouble->code;
    why.details = mail.trouble->details;
    tell_mail(why, arrivals_.back().mails);
  } else if (mail.trouble) {
    refuse(std::move(arrival), *mail.trouble);
  } else if (nothing_since(before, mail.path) && !mail.link.empty()) {
    refuse(std::move(arrival), {.code = "mail-link", .place = {.file = mail.path}, .details = {{"host", mail.link}}});
  } else if (nothing_since(before, mail.path)) {
    ignore(std::move(arrival), {.code = "attachment-none", .place = {.file = mail.path}});
  }
}

}  // namespace

std::vector<Arrival> read_arrivals(const std::vector<InputFile>& inputs, const Definitions& definitions,
                                   const Taking& how) {
  Shared shared(definitions, how);
  std::istringstream hosts(definitions.wording.text("mail.links", "en"));
  for (std::string host; std::getline(hosts, host, ';');) shared.cloud_hosts.emplace_back(trimmed(host));

  std::vector<std::vector<Arrival>> taken(inputs.size());
  std::vector<std::unique_ptr<Taker>> idle;
  std::mutex mutex;  // of the idle, and of the progress
  Progress progress(inputs.size());
  parallel(inputs.size(), [&](std::size_t index) {
    std::unique_ptr<Taker> taker;
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        taker = std::move(idle.back());
        idle.pop_back();
      }
    }
    if (taker == nullptr) taker = std::make_unique<Taker>(shared);
    taken[index] = taker->take(inputs[index], index);
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(taker));
    progress.step();
  });
  std::vector<Arrival> arrivals;
  for (std::vector<Arrival>& some : taken) std::move(some.begin(), some.end(), std::back_inserter(arrivals));
  return arrivals;
}

std::string first_sent(const std::vector<MailHead>& mails) {
  std::string earliest;
  for (const MailHead& mail : mails) {
    if (!mail.sent.empty() && (earliest.empty() || mail.sent < earliest)) earliest = mail.sent;
  }
  return earliest;
}

bool named_as_workbook(const std::string& path) {
  const std::string extension = lower(std::filesystem::path(path).extension().string());
  return extension.starts_with(".xls") || extension.starts_with(".xlt") || extension == ".ods" || extension == ".et";
}

}  // namespace tonghop
