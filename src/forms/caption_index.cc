// Captions of columns and fields.
#include "forms/caption_index.h"

#include <cstdint>
#include <cstring>
#include <utility>

#include "base/legacy_text.h"
#include "base/text.h"

namespace tonghop {
namespace {

constexpr std::size_t kLongest = 400;  // bytes of a text that may head anything

int value_of(const std::map<std::string, int, std::less<>>& known, const std::string& key) {
  const auto found = known.find(key);
  return found == known.end() ? -1 : found->second;
}

// What stands before its brackets.
std::string_view head_of(std::string_view text) {
  const std::size_t bracket = text.find('(');
  return bracket == std::string_view::npos || bracket == 0 ? text : text.substr(0, bracket);
}

bool begins_with_digit(std::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

}  // namespace

CaptionIndex::CaptionIndex(const std::vector<Template>& forms, const std::vector<std::pair<Role, std::string>>& headers,
                           const std::vector<std::pair<Role, std::string>>& printed) {
  for (const Template& form : forms) {
    if (form.summary) reports_.insert(form.id);
    for (const Column& column : form.columns) {
      roles_.emplace(fold(column.caption), static_cast<int>(column.role));
      // The bracketed part of a header ("used for every period") is often dropped or worded anew.
      const std::size_t bracket = column.caption.find('(');
      if (bracket != std::string::npos && bracket > 0) {
        roles_.emplace(fold(column.caption.substr(0, bracket)), static_cast<int>(column.role));
      }
      if (!column.group.empty()) groups_.emplace(fold(column.group), 0);
    }
    for (const Field& field : form.fields) fields_.emplace(fold(field.caption), field.name == "agency" ? 0 : 1);
  }
  for (const auto& [role, caption] : printed) roles_.emplace(fold(caption), static_cast<int>(role));
  for (const auto& [role, caption] : headers) usual_.emplace(fold(caption), static_cast<int>(role));
  for (const ByFold* known : {&roles_, &usual_, &fields_, &groups_}) {
    for (const auto& [caption, meaning] : *known) digits_head_ = digits_head_ || begins_with_digit(caption);
  }
}

std::size_t CaptionIndex::Hash::operator()(std::string_view text) const {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
  const auto word = [&](std::size_t at, std::size_t bytes) {
    std::uint64_t read = 0;
    std::memcpy(&read, text.data() + at, bytes);
    return read;
  };
  const auto mixed = [](std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * kOdd;
    return hash ^ hash >> 29;
  };
  // Two sums that need not wait for one another.
  std::uint64_t one = text.size() * kOdd;
  std::uint64_t other = ~one;
  std::size_t at = 0;
  for (; at + 16 <= text.size(); at += 16) {
    one = mixed(one, word(at, 8));
    other = mixed(other, word(at + 8, 8));
  }
  if (at + 8 <= text.size()) one = mixed(one, word(std::exchange(at, at + 8), 8));
  return mixed(one, mixed(other, word(at, text.size() - at)));
}

bool CaptionIndex::is_report(std::string_view form) const { return reports_.contains(form); }

void CaptionIndex::begin(const std::string& form) {
  turns_[form_].swap(now_);
  now_.clear();
  constexpr std::size_t kRemembered = 20'000, kBytes = std::size_t{16} << 20, kForms = 32;
  if (seen_.size() > kRemembered || bytes_ > kBytes || turns_.size() > kForms) {
    turns_.clear();
    seen_.clear();
    bytes_ = 0;
  }
  form_ = form;
  before_ = &turns_[form];
  next_ = 0;
}

CaptionIndex::Entry& CaptionIndex::seen(std::string_view text) {
  // The next one, or one of those behind it where something was left out or typed over: no hash is needed.
  constexpr std::size_t kAhead = 3;
  Entry* entry = nullptr;
  const std::size_t known = before_ == nullptr ? 0 : before_->size();
  for (std::size_t turn = next_; turn < known && turn < next_ + kAhead && entry == nullptr; ++turn) {
    if ((*before_)[turn]->first != text) continue;
    entry = (*before_)[turn];
    next_ = turn + 1;
  }
  if (entry == nullptr) {
    const auto found = seen_.find(text);
    if (found == seen_.end()) bytes_ += text.size();
    entry = found != seen_.end() ? &*found : &*seen_.emplace(text, Seen()).first;
    look_around(entry);
  }
  constexpr std::size_t kTurns = 20'000;
  if (now_.size() < kTurns) now_.push_back(entry);
  return *entry;
}

// After more was left out or put in: what comes next is expected where the text asked for stood, if that was near.
void CaptionIndex::look_around(const Entry* entry) {
  if (before_ == nullptr) return;
  constexpr std::size_t kFar = 48;
  for (std::size_t far = 0; far < kFar; ++far) {
    if (next_ + far < before_->size() && (*before_)[next_ + far] == entry) {
      next_ += far + 1;
      return;
    }
    if (far < next_ && next_ - far - 1 < before_->size() && (*before_)[next_ - far - 1] == entry) {
      next_ -= far;
      return;
    }
  }
}

std::string_view CaptionIndex::kept(std::string_view text) { return seen(text).first; }

const std::string& CaptionIndex::shown(std::string_view text) {
  Entry& entry = this->seen(text);
  Seen& seen = entry.second;
  if (!seen.is_shown) {
    const auto unicode = from_legacy_pattern(text);  // its font is lost, but not the encoding that it was made for
    std::string shown = squeezed(nfc(unicode ? *unicode : text));
    if (shown != text) {
      bytes_ += shown.size();
      seen.shown = std::move(shown);
    }
    seen.is_shown = true;
  }
  return seen.shown ? *seen.shown : entry.first;
}

const std::string& CaptionIndex::folded(std::string_view text) {
  Seen& seen = this->seen(text).second;
  if (!seen.fold) {
    const auto unicode = from_legacy_pattern(text);
    seen.fold = fold(unicode ? *unicode : text);
    bytes_ += seen.fold->size();
  }
  return *seen.fold;
}

int CaptionIndex::equal_role(std::string_view text, bool usual) {
  if (text.size() > kLongest) return -1;
  const std::string& key = folded(text);
  const int role = value_of(roles_, key);
  return role < 0 && usual ? value_of(usual_, key) : role;
}

int CaptionIndex::loose_role(std::string_view text) { return equal_role(head_of(text), true); }

int CaptionIndex::near_role(std::string_view text) {
  const int role = loose_role(text);
  if (role >= 0 || text.size() > kLongest) return role;
  constexpr double kNear = 0.75;
  constexpr double kMore = 0.9;        // the caption with more words behind it
  constexpr std::size_t kTelling = 5;  // bytes of a caption that more words may follow
  const std::string& key = folded(head_of(text));
  const Bigrams seen = bigrams(key);
  double best = kNear;
  int nearest = -1;
  for (const auto& [caption, its_role] : roles_) {
    const bool longer = caption.size() >= kTelling && key.starts_with(caption);
    const double alike = longer ? kMore : similarity(bigrams(caption), seen);
    if (alike > best) {
      best = alike;
      nearest = its_role;
    }
  }
  return nearest;
}

int CaptionIndex::role(std::string_view text, Likeness likeness) {
  if (likeness != Likeness::nearly) return likeness == Likeness::equal ? heading(text).equal : heading(text).loosely;
  if (text.size() > kLongest) return near_role(text);
  std::optional<int>& known = seen(text).second.nearly;
  if (!known) known = near_role(text);
  return *known;
}

CaptionIndex::Heading CaptionIndex::heading(std::string_view text) {
  Heading heading;
  if (!digits_head_ && begins_with_digit(text)) return heading;  // values
  if (text.size() > kLongest) {
    heading.loosely = loose_role(text);
    heading.group = groups_.contains(folded(text));
    return heading;
  }
  std::optional<Heading>& known = seen(text).second.heading;
  if (known) return *known;
  heading.equal = equal_role(text, false);
  heading.loosely = loose_role(text);
  heading.group = groups_.contains(folded(text));
  heading.field = value_of(fields_, folded(text));
  known = heading;
  return heading;
}

}  // namespace tonghop
