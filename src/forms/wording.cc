// Wording XML -> sentences.
#include "forms/wording.h"

#include <array>

#include "base/text.h"

namespace tonghop {
namespace {

constexpr std::array<std::string_view, 3> kSeverities = {"note", "warning", "error"};

Severity read_severity(const XmlFile& file, pugi::xml_node node) {
  const std::string name = file.required(node, "severity");
  for (std::size_t i = 0; i < kSeverities.size(); ++i) {
    if (kSeverities[i] == name) return static_cast<Severity>(i);
  }
  file.fail(node, "attribute severity is \"" + name + "\", expected note, warning or error");
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

void Wording::add(const XmlFile& file) {
  const pugi::xml_node root = file.root();
  if (std::string_view(root.name()) != "wording") file.fail(root, "root element is not <wording>");
  file.allow(root, {"version", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"}, {"text", "message"});
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

Severity Wording::severity(const std::string& code) const { return severities_.at(code); }

std::string Wording::sentence(const Finding& finding, const std::string& lang) const {
  Details details = finding.details;
  details.emplace_back("raw", finding.raw);
  details.emplace_back("value", finding.value);
  details.emplace_back("agency", finding.agency);
  details.emplace_back("file", finding.place.file);
  // {#value} is a figure, shown with the decimal mark of the language; {value} the same as it is.
  const auto found = texts_.find("decimal.mark");
  const std::string mark = found == texts_.end() ? "." : choose(found->second, lang);
  const std::size_t plain = details.size();
  for (std::size_t i = 0; i < plain; ++i) {
    details.emplace_back("#" + details[i].first, with_mark(details[i].second, mark));
  }
  return filled(choose(messages_.at(finding.code), lang), details);
}

std::vector<std::string> Wording::codes() const {
  std::vector<std::string> codes;
  for (const auto& entry : messages_) codes.push_back(entry.first);
  return codes;
}

}  // namespace tonghop
