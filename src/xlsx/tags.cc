// A scanner that knows as much XML as finding tags takes.
#include "xlsx/tags.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace tonghop::xlsx {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Behind the ">" of the tag that begins there; quoted values may hold one.
std::size_t end_of_tag(std::string_view text, std::size_t begin) {
  char quote = '\0';
  for (std::size_t at = begin; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

// Behind what is no tag: a comment, a CDATA section, an instruction.
std::size_t end_of_other(std::string_view text, std::size_t begin) {
  const std::string_view rest = text.substr(begin);
  const std::string_view last = rest.starts_with("<!--") ? "-->" : rest.starts_with("<![CDATA[") ? "]]>" : ">";
  const std::size_t found = text.find(last, begin);
  return found == std::string_view::npos ? found : found + last.size();
}

}  // namespace

bool Tags::next(Tag& tag) {
  while (true) {
    const std::size_t begin = text_.find('<', at_);
    if (begin == std::string_view::npos || begin + 1 >= text_.size()) return false;
    const bool other = text_[begin + 1] == '!' || text_[begin + 1] == '?';
    at_ = other ? end_of_other(text_, begin) : end_of_tag(text_, begin);
    if (at_ == std::string_view::npos) {
      at_ = text_.size();
      return false;
    }
    if (other) continue;
    tag.begin = begin;
    tag.end = at_;
    tag.closing = text_[begin + 1] == '/';
    tag.empty = text_[at_ - 2] == '/';
    const std::size_t from = begin + (tag.closing ? 2 : 1);
    const std::string_view whole = text_.substr(from, text_.find_first_of(" \t\r\n/>", from) - from);
    const std::size_t colon = whole.find(':');
    tag.prefix = colon == std::string_view::npos ? std::string_view() : whole.substr(0, colon + 1);
    tag.name = whole.substr(tag.prefix.size());
    if (tag.closing) --depth_;
    tag.depth = depth_;
    if (!tag.closing && !tag.empty) ++depth_;
    return true;
  }
}

std::string_view attribute(std::string_view text, const Tag& tag, std::string_view name) {
  std::size_t at = text.find_first_of(kBlanks, tag.begin);
  while (at < tag.end) {
    const std::size_t from = text.find_first_not_of(kBlanks, at);
    const std::size_t equals = text.find('=', from);
    if (from >= tag.end || equals >= tag.end) break;
    std::string_view written = text.substr(from, equals - from);
    written = written.substr(0, written.find_last_not_of(kBlanks) + 1);
    const std::size_t open = text.find_first_of("\"'", equals);
    if (open >= tag.end) break;
    const std::size_t close = text.find(text[open], open + 1);
    if (close >= tag.end) break;
    if (written.substr(written.find(':') + 1) == name && !written.starts_with("xmlns:"))
      return text.substr(open + 1, close - open - 1);
    at = close + 1;
  }
  return {};
}

std::vector<Element> elements(std::string_view text, std::initializer_list<std::string_view> path) {
  std::vector<Element> found;
  const auto wanted = static_cast<int>(path.size()) - 1;
  int inside = 0;  // so many elements of the path are open around the tag
  Tags tags(text);
  for (Tag tag; tags.next(tag);) {
    if (tag.closing) {
      if (tag.depth == wanted && inside > wanted) {
        found.back().close = tag.begin;
        found.back().end = tag.end;
      }
      inside = std::min(inside, tag.depth);
    } else if (tag.depth == inside && tag.depth <= wanted && tag.name == path.begin()[tag.depth]) {
      if (tag.depth == wanted) found.push_back({tag, tag.end, tag.end});
      if (!tag.empty) ++inside;
    }
  }
  return found;
}

void Edits::replace(std::size_t begin, std::size_t end, std::string by) {
  edits_.push_back({begin, end, std::move(by)});
}

void Edits::set_attribute(std::string_view text, const Tag& tag, std::string_view name, std::string_view written) {
  const std::string_view old = attribute(text, tag, name);
  if (old.data() != nullptr) {
    const auto at = static_cast<std::size_t>(old.data() - text.data());
    replace(at, at + old.size(), std::string(written));
  } else {
    const std::size_t behind_name = tag.begin + 1 + tag.prefix.size() + tag.name.size();
    insert(behind_name, " " + std::string(name) + "=\"" + std::string(written) + "\"");
  }
}

void Edits::append_inside(std::string_view text, const Element& element, std::string_view markup) {
  if (!element.open.empty) return insert(element.close, std::string(markup));
  const std::size_t slash = text.rfind('/', element.open.end);
  std::string opened = ">";
  opened.append(markup).append("</").append(element.open.prefix).append(element.open.name).append(">");
  replace(slash, element.open.end, std::move(opened));
}

std::string Edits::applied_to(std::string_view text) const {
  std::vector<const Edit*> sorted;
  for (const Edit& edit : edits_) sorted.push_back(&edit);
  std::ranges::stable_sort(sorted, {}, [](const Edit* edit) { return std::pair(edit->begin, edit->end); });
  std::string out;
  std::size_t at = 0;
  for (const Edit* edit : sorted) {
    out.append(text.substr(at, edit->begin - at)).append(edit->by);
    at = edit->end;
  }
  return out.append(text.substr(at));
}

std::string prefixed(std::string_view markup, std::string_view prefix) {
  std::string out;
  for (std::size_t at = 0; at < markup.size(); ++at) {
    out += markup[at];
    if (markup[at] != '<') continue;
    if (markup[at + 1] == '/') out += markup[++at];
    out += prefix;
  }
  return out;
}

bool in_utf8(std::string_view text) {
  if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE") || text.substr(0, 4).find('\0') != text.npos)
    return false;
  const std::string_view head = text.substr(0, text.find("?>"));
  const std::size_t at = head.find("encoding");
  if (head.find("<?xml") == std::string_view::npos || at == std::string_view::npos) return true;
  const std::size_t open = head.find_first_of("\"'", at);
  if (open == std::string_view::npos) return true;
  const std::string encoding = lower(head.substr(open + 1, head.find(head[open], open + 1) - open - 1));
  return encoding == "utf-8" || encoding == "utf8" || encoding == "us-ascii";
}

}  // namespace tonghop::xlsx
