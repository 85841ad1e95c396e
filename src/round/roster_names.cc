// Names as sequences of words, looked up without their marks and then compared.
#include "round/roster_names.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/text.h"

namespace tonghop {
namespace {

constexpr std::size_t kShortest = 2;  // words that a part of a name must have to tell an agency
constexpr double kAlike = 0.6;        // similarity() that makes a name worth a suggestion: "Xã Ba" is not "Xã La"
constexpr std::size_t kMostFileWords = 60;  // of a file name that are looked at

// A folded name without tones and other marks, đ as d.
std::string without_any_mark(const std::string& folded) {
  std::string bare;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    const auto byte = static_cast<unsigned char>(folded[at]);
    if (folded.compare(at, 2, "đ") == 0) bare += 'd';
    if (byte >= 0x20 && byte < 0x80) bare += folded[at];
  }
  return bare;
}

// The file's own name without folders and extension.
std::string_view stem_of(std::string_view path) {
  path.remove_prefix(path.find_last_of("/\\") + 1);
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? path : path.substr(0, dot);
}

bool is_above(const Round& round, int above, int below) {
  for (int at = below; at >= 0; at = round.agencies[static_cast<std::size_t>(at)].parent) {
    if (at == above && at != below) return true;
  }
  return false;
}

}  // namespace

RosterNames::Words RosterNames::words_of(std::string_view text) {
  Words words;
  std::string word;
  for (const char c : nfc(text) + " ") {
    if (static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += c;
      continue;
    }
    std::string folded = fold_name(word);
    std::string bare = without_any_mark(folded);
    if (!bare.empty()) words.push_back({std::move(folded), std::move(bare)});
    word.clear();
  }
  return words;
}

std::string RosterNames::key_of(const Words& words, std::size_t first, std::size_t count) {
  std::string key;
  for (std::size_t i = first; i < first + count; ++i) key += words[i].bare + " ";
  return key;
}

// Marks may be missing on either side; where both have some, they are the same.
bool RosterNames::fits(const Words& written, const Words& known) {
  return std::equal(written.begin(), written.end(), known.begin(), known.end(), [](const Word& a, const Word& b) {
    return a.bare == b.bare && (a.folded == b.folded || a.folded == a.bare || b.folded == b.bare);
  });
}

bool RosterNames::begins_with(const Words& words, const Words& with) {
  return with.size() <= words.size() &&
         fits(Words(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(with.size())), with);
}

RosterNames::RosterNames(const Round& round, const Wording& wording) : round_(round), issued_(file_names(round)) {
  const auto listed = [&](const char* id) {
    std::vector<Words> all;
    for (const std::string& one : wording.names(id)) {
      if (Words words = words_of(one); !words.empty()) all.push_back(std::move(words));
    }
    return all;
  };
  before_ = listed("agency.before");
  levels_ = listed("agency.levels");
  for (const std::string& pair : wording.names("agency.short")) {
    const std::size_t mark = pair.find('=');
    if (mark == std::string::npos) continue;
    short_words_.emplace_back(words_of(pair.substr(mark + 1)), words_of(pair.substr(0, mark)));
  }
  if (Words province = words_of(round.province); !province.empty()) {
    const std::vector<Words> titles = listed("agency.province");
    for (const Words& title : titles) {  // the settings may have the title or not
      if (begins_with(province, title) && province.size() > title.size())
        province.erase(province.begin(), province.begin() + static_cast<std::ptrdiff_t>(title.size()));
    }
    for (Words title : titles) {
      title.insert(title.end(), province.begin(), province.end());
      behind_.push_back(std::move(title));
    }
    behind_.push_back(std::move(province));
  }
  for (std::size_t a = 0; a < round.agencies.size(); ++a) {
    const Agency& agency = round.agencies[a];
    const int index = static_cast<int>(a);
    std::vector<std::string> names = agency.others;
    names.insert(names.begin(), agency.name);
    for (const std::string& name : names) {
      if (round.find(name) != index) continue;  // of an agency that has ended: another bears it now
      folds_.push_back(fold_name(name));
      fold_agencies_.push_back(index);
      const Words written = words_of(name);
      Words under = written;
      if (agency.parent >= 0) {
        const Words above = words_of(round.agencies[static_cast<std::size_t>(agency.parent)].name);
        under.insert(under.end(), above.begin(), above.end());
      }
      for (const Words& way : ways_to_write(written)) {
        know(index, way, true);
        for (const auto& [full, brief] : short_words_) {
          if (!begins_with(way, full)) continue;
          Words shorter = brief;
          shorter.insert(shorter.end(), way.begin() + static_cast<std::ptrdiff_t>(full.size()), way.end());
          know(index, shorter, true);
        }
        for (const Words& level : levels_) {
          if (begins_with(way, level))
            know(index, Words(way.begin() + static_cast<std::ptrdiff_t>(level.size()), way.end()), false);
        }
      }
      if (under.size() > written.size()) know(index, ways_to_write(under).back(), true);
    }
  }
  office_ = meant_by(round.office);
}

// The name as it is, first; then without what may stand before or behind it.
std::vector<RosterNames::Words> RosterNames::ways_to_write(const Words& name) const {
  std::vector<Words> ways = {name};
  Words rest = name;
  const auto add = [&] {
    const auto is_rest = [&](const Words& title) { return fits(rest, title); };  // what is left is no name
    const bool name = rest.size() >= kShortest && std::none_of(before_.begin(), before_.end(), is_rest) &&
                      std::none_of(levels_.begin(), levels_.end(), is_rest);
    if (name) ways.push_back(rest);
  };
  for (const Words& tail : behind_) {
    if (tail.size() >= rest.size()) continue;
    if (!fits(Words(rest.end() - static_cast<std::ptrdiff_t>(tail.size()), rest.end()), tail)) continue;
    rest.resize(rest.size() - tail.size());
    add();
    break;
  }
  for (const Words& title : before_) {
    if (!begins_with(rest, title)) continue;
    rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(title.size()));
    add();
    break;
  }
  return ways;
}

void RosterNames::know(int agency, const Words& words, bool whole) {
  if (words.size() < kShortest && !whole) return;
  std::vector<Known>& bearers = known_[key_of(words, 0, words.size())];
  const bool again = std::any_of(bearers.begin(), bearers.end(), [&](const Known& one) {
    return one.agency == agency && one.whole == whole && fits(one.words, words);
  });
  if (!again) bearers.push_back({agency, words, whole});
}

// Of those that fit: those that are written with the same marks, else all; of these, those that this round expects.
int RosterNames::only(const Words& written, bool whole) const {
  const auto found = known_.find(key_of(written, 0, written.size()));
  if (found == known_.end()) return -1;
  std::set<int> exact, loose;
  for (const Known& one : found->second) {
    if ((whole && !one.whole) || !fits(written, one.words)) continue;
    const bool same = std::equal(written.begin(), written.end(), one.words.begin(),
                                 [](const Word& a, const Word& b) { return a.folded == b.folded; });
    (same ? exact : loose).insert(one.agency);
  }
  std::set<int>& agencies = exact.empty() ? loose : exact;
  if (agencies.size() > 1) {
    std::erase_if(agencies, [&](int one) { return !round_.expects(round_.agencies[static_cast<std::size_t>(one)]); });
  }
  return agencies.size() == 1 ? *agencies.begin() : -1;
}

int RosterNames::meant_by(std::string_view name) const {
  if (const int exact = round_.find(name); exact >= 0) return exact;
  for (const Words& way : ways_to_write(words_of(name))) {
    if (way.size() < kShortest) continue;
    if (known_.contains(key_of(way, 0, way.size()))) return only(way, false);
  }
  return -1;
}

// Of agencies that a text tells of the one that is meant; -1 when that is none or not clear.
int RosterNames::lowest(std::vector<int> agencies) const {
  std::vector<int> kept;
  for (const int one : agencies) {
    const bool title = std::any_of(agencies.begin(), agencies.end(), [&](int other) {
      return other != one && (one == office_ || is_above(round_, one, other));
    });
    if (!title && std::find(kept.begin(), kept.end(), one) == kept.end()) kept.push_back(one);
  }
  // The office alone: reports are sent to it.
  return kept.size() == 1 && kept.front() != office_ ? kept.front() : -1;
}

int RosterNames::named_in(std::string_view path) const {
  const std::string_view stem = stem_of(path);
  if (const int issued = issued_.find(path); issued >= 0) return issued;
  if (const int exact = round_.find(stem); exact >= 0) return exact;
  Words words = words_of(stem);
  words.resize(std::min(words.size(), kMostFileWords));
  std::vector<int> told;
  std::size_t seen = 0;  // words before this one are within a name that was found
  for (std::size_t first = 0; first + kShortest <= words.size(); ++first) {
    for (std::size_t count = words.size() - first; count >= kShortest && first + count > seen; --count) {
      if (!known_.contains(key_of(words, first, count))) continue;
      const auto from = words.begin() + static_cast<std::ptrdiff_t>(first);
      const Words name(from, from + static_cast<std::ptrdiff_t>(count));
      const std::vector<Known>& bearers = known_.at(key_of(words, first, count));
      if (std::none_of(bearers.begin(), bearers.end(),
                       [&](const Known& one) { return one.whole && fits(name, one.words); }))
        continue;
      const int agency = only(name, true);
      if (agency < 0) return -1;  // two are called so
      told.push_back(agency);
      seen = first + count;
      break;
    }
  }
  return lowest(std::move(told));
}

int RosterNames::nearest(std::string_view name) const {
  const std::string folded = fold_name(name);
  const std::size_t near = tonghop::nearest(folded, folds_);
  if (near == folds_.size() || similarity(bigrams(folded), bigrams(folds_[near])) < kAlike) return -1;
  return round_.names.at(folds_[near]);
}

}  // namespace tonghop
