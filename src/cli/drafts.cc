// Drafts in a folder.
#include "cli/drafts.h"

#include <filesystem>
#include <utility>

#include "cli/files.h"
#include "mail/address.h"
#include "mail/draft.h"
#include "round/file_name.h"

namespace tonghop {
namespace fs = std::filesystem;

namespace {

// Of what is there; "" when there is nothing. Throws Error (file-unreadable).
std::string content_of(const std::string& path) {
  std::error_code unseen;  // what cannot be looked at cannot be replaced either, and write_file() will say so
  return fs::is_regular_file(path, unseen) ? read_file(path) : "";
}

}  // namespace

Drafts::Drafts(std::string folder, Letter letter, const Round& round, const Definitions& definitions)
    : folder_(std::move(folder)),
      letter_(letter),
      round_(round),
      definitions_(definitions),
      names_(file_names(round)) {}

std::string Drafts::path_of(const std::string& name) const { return (fs::path(folder_) / name).string(); }

void Drafts::write(int index, std::string_view to_correct, std::vector<Attachment> attachments) {
  const Agency& agency = round_.agencies[static_cast<std::size_t>(index)];
  const Form* form = definitions_.find(agency.form);
  const std::string& lang = (form == nullptr ? definitions_.summary() : form)->form.lang;
  WrittenLetter letter = write_letter(letter_, round_, agency, form == nullptr ? nullptr : &form->form, to_correct,
                                      definitions_.wording, lang);
  for (const std::string& word : letter.blank) {
    if (blank_.insert(word).second) {
      findings.push_back({.code = "letter-blank", .place = {.file = round_.file}, .details = {{"word", word}}});
    }
  }
  Draft draft;
  draft.to = split_addresses(agency.email);
  draft.to_name = agency.name;
  draft.reply_to = split_addresses(round_.reply);
  draft.subject = std::move(letter.subject);
  draft.text = std::move(letter.text);
  draft.attachments = std::move(attachments);
  if (draft.to.empty()) {
    findings.push_back({.code = "mail-no-address", .place = agency.place, .agency = agency.name});
  }
  const std::string name = name_of(index);
  const std::string path = path_of(name);
  const std::string bytes = write_draft(draft);
  const std::string before = content_of(path);
  kept_.insert(name);
  if (before == bytes) {
    ++same_;
  } else if (!before.empty() && !is_untouched_draft(before)) {
    findings.push_back({.code = "draft-changed", .place = {.file = path}, .agency = agency.name});
  } else {
    write_file(path, bytes);
    ++written_;
  }
}

void Drafts::remove_others() {
  std::error_code error;  // what cannot be removed is said to be left
  for (const std::string& name : names_in(folder_, findings)) {
    const std::string path = path_of(name);
    if (fs::path(name).extension() != ".eml" || kept_.contains(name) || !fs::is_regular_file(path, error)) continue;
    try {
      const bool ours = is_untouched_draft(read_file(path)) && fs::remove(path, error);
      removed_ += ours ? 1 : 0;
      findings.push_back({.code = ours ? "draft-removed" : "draft-left", .place = {.file = path}});
    } catch (const Error& unread) {
      findings.push_back(unread.finding());
    }
  }
}

void Drafts::say_counts(const Terminal& terminal) const {
  say_done("done.drafts",
           {{"written", std::to_string(written_)},
            {"same", std::to_string(same_)},
            {"removed", std::to_string(removed_)},
            {"folder", folder_}},
           definitions_.wording, terminal);
}

}  // namespace tonghop
