// Captions of columns and fields.
#include "forms/caption_index.h"

#include "base/legacy_text.h"
#include "base/text.h"

namespace tonghop {
namespace {

template <typename Make>
const std::string& remembered(std::unordered_map<std::string, std::string>& texts, const std::string& text, Make make) {
  const auto known = texts.find(text);
  if (known != texts.end()) return known->second;
  return texts.emplace(text, make(text)).first->second;
}

}  // namespace

CaptionIndex::CaptionIndex(const std::vector<Template>& forms, const std::vector<std::pair<Role, std::string>>& headers,
                           const std::vector<std::pair<Role, std::string>>& printed) {
  for (const Template& form : forms) {
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
}

void CaptionIndex::trim() {
  constexpr std::size_t kRemembered = 50'000;  // texts
  if (shown_.size() > kRemembered) shown_.clear();
  if (folds_.size() > kRemembered) folds_.clear();
}

const std::string& CaptionIndex::shown(const std::string& text) {
  return remembered(shown_, text, [](const std::string& raw) {
    const auto unicode = from_legacy_pattern(raw);  // its font is lost, but not the encoding that it was made for
    return squeezed(nfc(unicode ? *unicode : raw));
  });
}

const std::string& CaptionIndex::folded(const std::string& text) {
  return remembered(folds_, text, [](const std::string& raw) { return fold(from_legacy_pattern(raw).value_or(raw)); });
}

int CaptionIndex::equal_role(const std::string& text, bool usual) {
  if (text.size() > 400) return -1;
  const std::string& key = folded(text);
  if (const auto found = roles_.find(key); found != roles_.end()) return found->second;
  const auto found = usual ? usual_.find(key) : usual_.end();
  return found == usual_.end() ? -1 : found->second;
}

int CaptionIndex::role(const std::string& text, Likeness likeness) {
  if (likeness == Likeness::equal) return equal_role(text, false);
  const std::size_t bracket = text.find('(');
  const std::string head = bracket == std::string::npos || bracket == 0 ? text : text.substr(0, bracket);
  const int role = equal_role(head, true);
  if (role >= 0 || likeness == Likeness::loosely || text.size() > 400) return role;
  constexpr double kNear = 0.75;
  constexpr double kMore = 0.9;        // the caption with more words behind it
  constexpr std::size_t kTelling = 5;  // bytes of a caption that more words may follow
  const std::string& key = folded(head);
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

bool CaptionIndex::is_group(const std::string& text) { return groups_.contains(folded(text)); }

int CaptionIndex::field(std::string_view text) {
  if (text.size() > 400) return -1;
  const auto found = fields_.find(folded(std::string(text)));
  return found == fields_.end() ? -1 : found->second;
}

}  // namespace tonghop
