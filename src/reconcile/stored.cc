// A return field by field, through cereal.
#include "reconcile/stored.h"

#include <algorithm>
#include <cstdint>

#define CEREAL_SIZE_TYPE std::uint32_t  // lengths of texts, most of them short
#include <cereal/archives/binary.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/utility.hpp>
#include <cereal/types/vector.hpp>
#include <sstream>
#include <string_view>

namespace tonghop {

template <typename Archive>
std::string save_minimal(const Archive& /*archive*/, const SharedText& text) {
  return text;
}

template <typename Archive>
void load_minimal(const Archive& /*archive*/, SharedText& text, const std::string& read) {
  text = read;
}

// The path of the file is not stored: it is put in again.
template <typename Archive>
void serialize(Archive& archive, Place& place) {
  archive(place.sheet, place.cell, place.line, place.column);
}

template <typename Archive>
void serialize(Archive& archive, Finding& finding) {
  archive(finding.code, finding.place, finding.details, finding.agency, finding.indicator, finding.raw, finding.value,
          finding.check);
}

template <typename Archive>
std::string save_minimal(const Archive& /*archive*/, const Decimal& number) {
  return number.to_string();
}

template <typename Archive>
void load_minimal(const Archive& /*archive*/, Decimal& number, const std::string& text) {
  const auto read = Decimal::parse(text);
  if (!read) throw cereal::Exception("no number: " + text);
  number = *read;
}

template <typename Archive>
void serialize(Archive& archive, Observation& one) {
  archive(one.indicator, one.row, one.place, one.raw, one.status, one.value, one.text, one.computed, one.decimals,
          one.note);
}

template <typename Archive>
void serialize(Archive& archive, SectionNote& note) {
  archive(note.row, note.place, note.note);
}

// Its form apart, which is told by its id. What only comes after reading (sender, decisions, the roster's name) is not
// in it yet.
template <typename Archive>
void serialize(Archive& archive, Return& answer) {
  archive(answer.agency, answer.period, answer.code, answer.modified, answer.observations, answer.section_notes,
          answer.missing);
}

namespace {

bool tells(const Finding& finding, const std::string& path) {
  return finding.raw.str().find(path) != std::string::npos || finding.value.str().find(path) != std::string::npos ||
         std::any_of(finding.details.begin(), finding.details.end(),
                     [&](const auto& detail) { return detail.second.find(path) != std::string::npos; });
}

bool stands_elsewhere(const Return& answer, const Findings& findings) {
  const SharedText path = answer.file;
  const auto other = [&](const auto& one) { return one.place.file != path; };
  return std::any_of(findings.begin(), findings.end(), other) ||
         std::any_of(answer.observations.begin(), answer.observations.end(), other) ||
         std::any_of(answer.section_notes.begin(), answer.section_notes.end(), other);
}

}  // namespace

std::optional<std::string> stored(const Return& answer, const Findings& findings) {
  if (!answer.named || answer.form->form.summary || stands_elsewhere(answer, findings)) return std::nullopt;
  const auto tells_path = [&](const Finding& finding) { return tells(finding, answer.file); };
  if (std::any_of(findings.begin(), findings.end(), tells_path)) return std::nullopt;
  std::ostringstream bytes;
  cereal::BinaryOutputArchive archive(bytes);
  archive(answer.form->form.id, answer, findings);
  return std::move(bytes).str();
}

std::optional<ReadFile> restored(const std::string& bytes, const std::string& path, const Definitions& definitions) {
  ReadFile read;
  std::string form;
  try {
    std::istringstream stream(bytes);
    cereal::BinaryInputArchive archive(stream);
    archive(form, read.answer, read.findings);
    if (stream.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt;
  }
  read.answer.form = definitions.find(form);
  if (read.answer.form == nullptr) return std::nullopt;
  read.answer.file = path;
  read.answer.named = true;
  const SharedText file = path;
  for (Observation& one : read.answer.observations) one.place.file = file;
  for (SectionNote& note : read.answer.section_notes) note.place.file = file;
  for (Finding& finding : read.findings) finding.place.file = file;
  return read;
}

}  // namespace tonghop
