// Wording XML -> sentences.
#include "forms/wording.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tonghop {
namespace {

constexpr std::array<std::string_view, 3> kSeverities = {"note", "warning", "error"};

// "Sở, ngành; Sở" names one level twice.
std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    names.emplace_back(trimmed(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return names;
}

// Each decimal point between two digits as this mark.
std::string with_mark(std::string text, const std::string& mark) {
  const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  for (std::size_t at = text.size(); at-- > 1;) {
    if (text[at] == '.' && digit(at - 1) && digit(at + 1)) text.replace(at, 1, mark);
  }
  return text;
}

}  // namespace

std::string_view to_string(Severity severity) { return kSeverities[static_cast<std::size_t>(severity)]; }

Severity read_severity(const XmlFile& file, pugi::xml_node node, std::optional<Severity> fallback) {
  if (fallback && !node.attribute("severity")) return *fallback;
  const std::string name = file.required(node, "severity");
  for (std::size_t i = 0; i < kSeverities.size(); ++i) {
    if (kSeverities[i] == name) return static_cast<Severity>(i);
  }
  file.fail(node, "attribute severity is \"" + name + "\", expected note, warning or error");
}

void Wording::add(const XmlFile& file) {
  const pugi::xml_node root = file.root();
  if (std::string_view(root.name()) != "wording") file.fail(root, "root element is not <wording>");
  file.allow(root, {"version", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"}, {"text", "level", "message"});
  const auto translations = [&](pugi::xml_node node) {
    Translations says;
    for (const auto say : node.children("say")) {
      file.allow(say, {"lang"}, {});
      says[file.required(say, "lang")] = nfc(trimmed(say.text().as_string()));
    }
    if (says.empty()) file.fail(node, std::string("<") + node.name() + "> needs at least one <say lang=\"…\">");
    return says;
  };
  for (const auto node : root.children("text")) {
    file.allow(node, {"id"}, {"say"});
    texts_[file.required(node, "id")] = translations(node);
  }
  for (const auto node : root.children("level")) {
    file.allow(node, {"id"}, {"say", "begins"});
    const std::string id = file.required(node, "id");
    levels_[id] = translations(node);
    beginnings_[id].clear();
    for (const auto begins : node.children("begins")) {
      file.allow(begins, {}, {});
      for (std::string& words : names_in(nfc(begins.text().as_string()))) beginnings_[id].push_back(std::move(words));
    }
  }
  for (const auto node : root.children("message")) {
    file.allow(node, {"code", "severity"}, {"say"});
    const std::string code = file.required(node, "code");
    severities_[code] = read_severity(file, node);
    messages_[code] = translations(node);
  }
}

const std::string& Wording::choose(const Translations& translations, const std::string& lang) const {
  if (const auto found = translations.find(lang); found != translations.end()) return found->second;
  if (const auto found = translations.find("en"); found != translations.end()) return found->second;
  return translations.begin()->second;
}

std::string Wording::text(const std::string& id, const std::string& lang,
                          std::span<const Details::value_type> details) const {
  return filled(choose(texts_.at(id), lang), details);
}

std::vector<std::string> Wording::lines(const std::string& id, const std::string& lang) const {
  std::vector<std::string> lines;
  const std::string all = text(id, lang);
  for (std::string_view rest = all; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    if (!line.empty()) lines.emplace_back(line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

bool Wording::has(const std::string& code) const { return messages_.contains(code); }

std::vector<std::string> Wording::names(const std::string& id) const {
  std::vector<std::string> all;
  for (const auto& [lang, text] : texts_.at(id)) {
    for (std::string& name : names_in(text)) all.push_back(std::move(name));
  }
  return all;
}

bool Wording::says(const std::string& id, std::string_view written) const {
  const std::string key = fold(written);
  const Translations& all = texts_.at(id);
  return !key.empty() && std::any_of(all.begin(), all.end(), [&](const auto& one) { return fold(one.second) == key; });
}

bool Wording::lists(const std::string& id, std::string_view written) const {
  const std::string key = fold(written);
  if (key.empty()) return false;
  for (const auto& [lang, texts] : texts_.at(id)) {
    for (const std::string& text : names_in(texts)) {
      if (fold(text) == key) return true;
    }
  }
  return false;
}

std::string Wording::level_by_name(std::string_view agency) const {
  std::string found;
  std::size_t longest = 0;
  for (const auto& [id, beginnings] : beginnings_) {
    for (const std::string& words : beginnings) {
      if (words.size() <= longest || !is_called(agency, words)) continue;
      longest = words.size();
      found = id;
    }
  }
  return found;
}

std::string Wording::level(std::string_view written) const {
  const std::string key = fold(written);
  for (const auto& [id, translations] : levels_) {
    if (fold(id) == key) return id;
    for (const auto& [lang, names] : translations) {
      for (const std::string& name : names_in(names)) {
        if (fold(name) == key) return id;
      }
    }
  }
  return "";
}

std::vector<std::string> Wording::levels() const {
  std::vector<std::string> ids;
  for (const auto& entry : levels_) ids.push_back(entry.first);
  return ids;
}

std::string Wording::level_name(const std::string& id, const std::string& lang) const {
  const auto found = levels_.find(id);
  return found == levels_.end() ? id : names_in(choose(found->second, lang)).front();
}

std::vector<std::string> Wording::level_names(const std::string& lang) const {
  std::vector<std::string> names;
  for (const auto& [id, translations] : levels_) names.push_back(names_in(choose(translations, lang)).front());
  return names;
}

void Wording::add_check(const std::string& id, Severity severity, Translations says) {
  check_severities_[id] = severity;
  if (!says.empty()) check_messages_[id] = std::move(says);
}

Severity Wording::severity(const Finding& finding) const {
  const auto own = check_severities_.find(finding.check);
  return own == check_severities_.end() ? severities_.at(finding.code) : own->second;
}

Severity Wording::severity_of_code(const std::string& code) const { return severities_.at(code); }

std::string Wording::sentence(const Finding& finding, const std::string& lang) const {
  const auto detail = [&](std::string_view name) -> const std::string* {
    for (const auto& [own, value] : finding.details) {
      if (own != name) continue;
      const auto text = name == "problem" ? texts_.find(value) : texts_.end();
      return text == texts_.end() ? &value : &choose(text->second, lang);
    }
    if (name == "raw") return &finding.raw.str();
    if (name == "value") return &finding.value.str();
    if (name == "agency") return &finding.agency.str();
    if (name == "file") return &finding.place.file.str();
    return nullptr;
  };
  const auto own = check_messages_.find(finding.check);
  const std::string& message = choose(own == check_messages_.end() ? messages_.at(finding.code) : own->second, lang);
  std::string sentence;
  for (std::string_view rest = message; !rest.empty();) {
    const std::size_t open = rest.find('{');
    const std::size_t close = open == std::string_view::npos ? open : rest.find('}', open);
    if (close == std::string_view::npos) return sentence.append(rest);
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    sentence += rest.substr(0, open);
    if (const std::string* value = detail(name)) {
      sentence += *value;
    } else if (const std::string* figure = name.starts_with('#') ? detail(name.substr(1)) : nullptr) {
      // {#value} is a figure, shown with the decimal mark of the language; {value} the same as it is.
      const auto mark = texts_.find("decimal.mark");
      sentence += with_mark(*figure, mark == texts_.end() ? "." : choose(mark->second, lang));
    } else {
      sentence += rest.substr(open, close - open + 1);
    }
    rest.remove_prefix(close + 1);
  }
  return sentence;
}

std::vector<std::string> Wording::codes() const {
  std::vector<std::string> codes;
  for (const auto& entry : messages_) codes.push_back(entry.first);
  return codes;
}

}  // namespace tonghop
