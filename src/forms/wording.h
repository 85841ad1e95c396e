// The sentences around the forms, as data: guide, prompts, sheet names, and one message per finding code, in each
// language.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/xml.h"

namespace tonghop {

enum class Severity { note, warning, error };
std::string_view to_string(Severity severity);  // "note", "warning", "error"

// The attribute severity; `fallback` when it is absent and a fallback is allowed. Throws DefinitionError.
Severity read_severity(const XmlFile& file, pugi::xml_node node, std::optional<Severity> fallback = {});

class Wording {
 public:
  // Adds the texts and messages of a file; what is there already is replaced. Throws DefinitionError.
  void add(const XmlFile& file);

  // The text of this id in this language, {names} filled in; in English, else in any language, when it has none in
  // this. Throws std::out_of_range for an unknown id (a programming mistake).
  std::string text(const std::string& id, const std::string& lang,
                   std::span<const Details::value_type> details = {}) const;
  // The same, cut at line ends, each line trimmed, empty ones left out.
  std::vector<std::string> lines(const std::string& id, const std::string& lang) const;

  // What stands between semicolons in the text of this id, in all its languages.
  std::vector<std::string> names(const std::string& id) const;

  // Whether somebody wrote the text of this id, in any of its languages, compared as captions are.
  bool says(const std::string& id, std::string_view written) const;
  // The same for one of the texts that it lists, ";" between.
  bool lists(const std::string& id, std::string_view written) const;

  // Levels of agencies: the one that somebody wrote by its id or one of its names, "" when there is none; and what all
  // are called.
  std::string level(std::string_view written) const;
  std::string level_by_name(std::string_view agency) const;  // of agencies whose names begin like this; "" unknown
  std::vector<std::string> levels() const;                   // ids
  std::string level_name(const std::string& id, const std::string& lang) const;  // the id where it has no name
  std::vector<std::string> level_names(const std::string& lang) const;

  // Severity and sentences (by language) of one check, where they are not those of its code.
  void add_check(const std::string& id, Severity severity, std::map<std::string, std::string> says);

  bool has(const std::string& code) const;  // a message
  Severity severity(const Finding& finding) const;
  Severity severity_of_code(const std::string& code) const;
  // A detail "problem" that is the id of a text stands for that text.
  std::string sentence(const Finding& finding, const std::string& lang) const;
  std::vector<std::string> codes() const;  // of all messages

 private:
  using Translations = std::map<std::string, std::string>;  // language -> text
  const std::string& choose(const Translations& translations, const std::string& lang) const;

  std::map<std::string, Translations> texts_;
  std::map<std::string, Translations> levels_;                  // names separated by ";", the first is shown
  std::map<std::string, std::vector<std::string>> beginnings_;  // level -> how names of its agencies begin
  std::map<std::string, Translations> messages_;
  std::map<std::string, Severity> severities_;
  std::map<std::string, Severity> check_severities_;  // by the check's id
  std::map<std::string, Translations> check_messages_;
};

}  // namespace tonghop
