// Definition XML of every kind: the input takes the place of the file with its root element in a small made-up survey;
// where the result has no problem it is checked and laid out.
#include "definitions.h"

#include "forms/blank.h"
#include "fuzz.h"
#include "mapping/lint.h"

namespace tonghop {
namespace {

// Which file of the survey the input replaces; one that extends another is of the second of its kind.
std::size_t replaced(const Sources& sources, std::string_view text) {
  constexpr std::string_view kRoots[] = {"<template", "<mapping", "<indicators", "<checks", "<vocabulary", "<wording"};
  std::size_t which = sources.size();
  for (const std::string_view root : kRoots) {
    if (text.find(root) == std::string_view::npos) continue;
    for (std::size_t i = sources.size(); i-- > 0;) {
      const bool first = which == sources.size();
      if (sources[i].second.starts_with(root) && (first || text.find("extends=") == std::string_view::npos)) which = i;
    }
    break;
  }
  return which;
}

}  // namespace
}  // namespace tonghop

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonghop;
  const std::string_view text = fuzz::view(data, size);
  Sources sources = testing::trees_sources();
  const std::size_t which = replaced(sources, text);
  if (which == sources.size()) sources.emplace_back();
  sources[which] = {"input.xml", std::string(text)};
  std::vector<std::string> problems;
  const Definitions definitions = load_definitions(sources, shipped_definitions(), problems);
  if (!problems.empty()) return 0;
  lint(definitions);
  for (const Form& form : definitions.forms) {
    blank_workbook(form.form, form.inputs, {form.form.id, form.form.version, "Town", "June"}, definitions.wording);
  }
  return 0;
}
