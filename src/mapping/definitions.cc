// XML files -> Definitions.
#include "mapping/definitions.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "base/sha256.h"
#include "base/text.h"

namespace tonghop {
namespace {

using Files = std::map<std::string, std::vector<XmlFile>>;  // by root element

constexpr std::array<const char*, 6> kRoots = {"template", "mapping", "indicators", "checks", "vocabulary", "wording"};

template <typename Step>
void attempt(std::vector<std::string>& problems, Step step) {
  try {
    step();
  } catch (const DefinitionError& error) {
    problems.emplace_back(error.what());
  }
}

Files sorted_by_root(const Sources& sources, std::vector<std::string>& problems) {
  Files files;
  for (const auto& source : sources) {
    attempt(problems, [&] {
      XmlFile file(source.first, source.second);
      const std::string root = file.root().name();
      if (std::find(kRoots.begin(), kRoots.end(), root) == kRoots.end()) {
        const std::vector<std::string> known(kRoots.begin(), kRoots.end());
        file.fail(file.root(), "root element <" + root + "> is not known" + did_you_mean(root, known) +
                                   " (expected template, mapping, indicators, checks, vocabulary or wording)");
      }
      files[root].push_back(std::move(file));
    });
  }
  return files;
}

void read_words(const Files& files, const std::vector<Template>& templates, Definitions& definitions,
                std::vector<std::string>& problems) {
  if (const auto found = files.find("vocabulary"); found != files.end()) {
    for (const XmlFile& file : found->second) {
      attempt(problems, [&] { definitions.vocabulary = read_vocabulary(file, templates); });
    }
  }
  if (const auto found = files.find("wording"); found != files.end()) {
    for (const XmlFile& file : found->second) {
      attempt(problems, [&] { definitions.wording.add(file); });
    }
  }
}

std::string fingerprint_of(const Sources& sources) {
  Sha256 hash;
  for (const auto& source : sources) {
    hash.add(std::to_string(source.second.size()) + ":");
    hash.add(source.second);
  }
  return hash.hex();
}

}  // namespace

const Form* Definitions::find(const std::string& template_id) const {
  const auto found =
      std::find_if(forms.begin(), forms.end(), [&](const Form& form) { return form.form.id == template_id; });
  return found == forms.end() ? nullptr : &*found;
}

const Form* Definitions::summary() const {
  const auto found = std::find_if(forms.begin(), forms.end(), [](const Form& form) { return form.form.summary; });
  return found == forms.end() ? nullptr : &*found;
}

Wording shipped_wording() {
  Wording wording;
  for (const auto& [name, text] : shipped_definitions()) {
    if (text.find("<wording") != std::string::npos) wording.add(XmlFile(name, text));
  }
  return wording;
}

Definitions load_definitions(const Sources& sources, const Sources& fallback, std::vector<std::string>& problems) {
  Definitions definitions;
  const bool shipped = &sources == &shipped_definitions();
  if (!shipped) definitions.fingerprint = fingerprint_of(sources);
  Files files = sorted_by_root(sources, problems);
  if (!problems.empty()) return definitions;  // what refers to a file that cannot be read would only echo that
  const std::size_t before = problems.size();
  std::vector<Template> templates;
  attempt(problems, [&] { templates = read_templates(files["template"]); });
  if (templates.empty() && problems.size() == before) problems.emplace_back("definitions: no template found");
  std::sort(templates.begin(), templates.end(), [](const auto& a, const auto& b) { return a.id < b.id; });

  Sources words;
  if (!shipped) {  // else they are read with the others
    std::ranges::copy_if(fallback, std::back_inserter(words), [](const auto& source) {
      return source.second.find("<wording") != std::string::npos ||
             source.second.find("<vocabulary") != std::string::npos;
    });
  }
  read_words(sorted_by_root(words, problems), templates, definitions, problems);
  read_words(files, templates, definitions, problems);

  const std::vector<XmlFile>& catalogues = files["indicators"];
  if (catalogues.size() != 1) {
    problems.push_back(catalogues.empty() ? "definitions: no indicators file found"
                                          : to_string(catalogues[1].place(catalogues[1].root())) +
                                                ": a second indicators file; expected one catalogue");
  } else {
    attempt(problems, [&] { definitions.catalogue = read_catalogue(catalogues[0]); });
  }
  if (templates.empty() || definitions.catalogue.indicators.empty()) return definitions;
  definitions.checks = derived_checks(definitions.catalogue);
  const std::vector<XmlFile>& checks = files["checks"];
  if (checks.size() > 1) {
    problems.push_back(to_string(checks[1].place(checks[1].root())) + ": a second checks file; expected one");
  } else if (checks.size() == 1) {
    read_checks(checks[0], definitions.catalogue, templates, definitions.checks, definitions.wording, problems);
  }

  std::vector<Mapping> mappings = read_mappings(files["mapping"], templates, definitions.catalogue, problems);
  int summaries = 0;
  for (std::size_t i = 0; i < templates.size(); ++i) {
    Template& form = templates[i];
    if (form.remainder.wanted) add_remainder(form, mappings[i], definitions.catalogue);
    if (form.summary && ++summaries > 1) {
      problems.push_back(to_string(form.place) + ": a second template with role=\"summary\"; expected one");
    }
    Inputs inputs = inputs_of(form, mappings[i], definitions.catalogue);
    definitions.forms.push_back({std::move(form), std::move(mappings[i]), std::move(inputs)});
  }
  if (summaries == 0) {
    problems.push_back(to_string(definitions.forms[0].form.place) +
                       ": no template has role=\"summary\"; merging needs one to lay out its result");
  }
  return definitions;
}

}  // namespace tonghop
