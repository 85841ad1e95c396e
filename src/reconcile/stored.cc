// A return field by field. Numbers take a byte where they are small, texts stand behind their length: so short is it
// that deflating would cost more than it saves.
#include "reconcile/stored.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace tonghop {
namespace {

// What an optional Decimal begins with: these, or the number itself behind them.
constexpr std::uint64_t kNone = 0;
constexpr std::uint64_t kAsText = 1;
constexpr std::uint64_t kWhole = 2;

// Numbers around 0 are small.
std::uint64_t folded(std::int64_t number) {
  return static_cast<std::uint64_t>(number) << 1 ^ static_cast<std::uint64_t>(number >> 63);
}
std::int64_t unfolded(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
}

// Takes fields one after the other.
class Packer {
 public:
  template <typename... Fields>
  void operator()(const Fields&... all) {
    (put(all), ...);
  }

  std::string bytes;

 private:
  void put_number(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(number | 0x80);
    bytes += static_cast<char>(number);
  }
  void put(int number) { put_number(folded(number)); }
  void put(bool truth) { put_number(truth ? 1 : 0); }
  void put(Status status) { put_number(static_cast<std::uint64_t>(status)); }
  void put(const std::string& text) {
    put_number(text.size());
    bytes += text;
  }
  void put(SharedText text) { put(text.str()); }
  void put(const std::optional<Decimal>& number) {
    constexpr double kMost = 1e15;  // a double tells whole numbers apart up to here
    if (!number) return put_number(kNone);
    if (const double size = number->to_double(); number->is_integer() && std::abs(size) < kMost)
      return put_number(kWhole + folded(static_cast<std::int64_t>(size)));
    put_number(kAsText);
    put(number->to_string());
  }
  template <typename First, typename Second>
  void put(const std::pair<First, Second>& both) {
    (*this)(both.first, both.second);
  }
  template <typename One>
  void put(const std::vector<One>& all) {
    put_number(all.size());
    for (const One& one : all) put(one);
  }
  template <typename Struct>
  void put(const Struct& one) {
    fields_of(*this, one);
  }
};

// Gives them back in the same order. Throws std::invalid_argument where there is something else.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  template <typename... Fields>
  void operator()(Fields&... all) {
    (get(all), ...);
  }

  bool empty() const { return rest_.empty(); }

 private:
  [[noreturn]] static void refuse() { throw std::invalid_argument("no reading"); }

  std::uint64_t get_number() {
    std::uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
      if (rest_.empty() || shift > 63) refuse();
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
  }
  std::string_view get_text() {
    const std::uint64_t size = get_number();
    if (size > rest_.size()) refuse();
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }
  void get(int& number) { number = static_cast<int>(unfolded(get_number())); }
  void get(bool& truth) { truth = get_number() != 0; }
  void get(Status& status) { status = static_cast<Status>(get_number()); }
  void get(std::string& text) { text = get_text(); }
  void get(SharedText& text) {
    // Returns of one form have the same addresses in the same places.
    thread_local std::vector<SharedText> before;
    const std::string_view read = get_text();
    if (before.size() == texts_) before.emplace_back();
    SharedText& same = before[texts_++];
    if (same != read) same = read;
    text = same;
  }
  void get(std::optional<Decimal>& number) {
    const std::uint64_t read = get_number();
    if (read == kNone) {
      number.reset();
    } else if (read == kAsText) {
      number = Decimal::parse(get_text());
      if (!number) refuse();
    } else {
      number = Decimal(unfolded(read - kWhole));
    }
  }
  template <typename First, typename Second>
  void get(std::pair<First, Second>& both) {
    (*this)(both.first, both.second);
  }
  template <typename One>
  void get(std::vector<One>& all) {
    const std::uint64_t size = get_number();
    if (size > rest_.size()) refuse();  // each takes a byte
    all.resize(size);
    for (One& one : all) get(one);
  }
  template <typename Struct>
  void get(Struct& one) {
    fields_of(*this, one);
  }

  std::string_view rest_;
  std::size_t texts_ = 0;  // so far
};

template <typename Field, typename Type>
concept Either = std::is_same_v<std::remove_const_t<Field>, Type>;  // packed, or being unpacked

// The path of the file is not stored: it is put in again.
template <typename Archive, Either<Place> One>
void fields_of(Archive& archive, One& place) {
  archive(place.sheet, place.cell, place.line, place.column);
}

template <typename Archive, Either<Finding> One>
void fields_of(Archive& archive, One& finding) {
  archive(finding.code, finding.place, finding.details, finding.agency, finding.indicator, finding.raw, finding.value,
          finding.check);
}

template <typename Archive, Either<Observation> One>
void fields_of(Archive& archive, One& one) {
  archive(one.indicator, one.row, one.place, one.raw, one.status, one.value, one.text, one.computed, one.decimals,
          one.note);
}

template <typename Archive, Either<SectionNote> One>
void fields_of(Archive& archive, One& note) {
  archive(note.row, note.place, note.note);
}

// Its form apart, which is told by its id. What only comes after reading (sender, decisions, the roster's name) is not
// in it yet.
template <typename Archive, Either<Return> One>
void fields_of(Archive& archive, One& answer) {
  archive(answer.agency, answer.period, answer.code, answer.modified, answer.observations, answer.section_notes,
          answer.missing);
}

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
  Packer packer;
  packer(answer.form->form.id, answer, findings);
  return std::move(packer.bytes);
}

std::optional<ReadFile> restored(std::string_view bytes, const std::string& path, const Definitions& definitions) {
  ReadFile read;
  std::string form;
  try {
    Unpacker unpacker(bytes);
    unpacker(form, read.answer, read.findings);
    if (!unpacker.empty()) return std::nullopt;
  } catch (const std::invalid_argument&) {
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
