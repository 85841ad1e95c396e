// A text of which the program holds one copy, however many hold it: file names, sheets, addresses, what agencies typed.
// It is as large as a pointer, copied like one, and reads like a const std::string, which lives as long as the program.
#pragma once

#include <compare>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace tonghop {

// May be made and read on several threads at once.
class SharedText {
 public:
  SharedText() = default;                                     // ""
  SharedText(std::string_view text) : text_(keep(text)) {}    // NOLINT(google-explicit-constructor): it is a text
  SharedText(const std::string& text) : text_(keep(text)) {}  // NOLINT(google-explicit-constructor)
  SharedText(const char* text) : text_(keep(text)) {}         // NOLINT(google-explicit-constructor)
  operator const std::string&() const { return str(); }       // NOLINT(google-explicit-constructor)
  operator std::string_view() const { return str(); }         // NOLINT(google-explicit-constructor)
  const std::string& str() const { return text_ == nullptr ? none() : *text_; }

  bool empty() const { return text_ == nullptr; }
  std::size_t size() const { return str().size(); }

  // The same text has one copy, so that equality is that of pointers; the order is that of the texts.
  friend bool operator==(SharedText a, SharedText b) { return a.text_ == b.text_; }
  friend std::strong_ordering operator<=>(SharedText a, SharedText b) { return a.str() <=> b.str(); }
  friend bool operator==(SharedText a, std::string_view b) { return a.str() == b; }
  friend bool operator==(SharedText a, const std::string& b) { return a.str() == b; }
  friend bool operator==(SharedText a, const char* b) { return a.str() == b; }

  friend std::string operator+(SharedText a, std::string_view b) { return std::string(a.str()).append(b); }
  friend std::string operator+(SharedText a, const std::string& b) { return a.str() + b; }
  friend std::string operator+(SharedText a, const char* b) { return a.str() + b; }
  friend std::string operator+(SharedText a, char b) { return a.str() + b; }
  friend std::string operator+(SharedText a, SharedText b) { return a.str() + b.str(); }
  friend std::string operator+(const std::string& a, SharedText b) { return a + b.str(); }
  friend std::string operator+(std::string&& a, SharedText b) { return std::move(a) + b.str(); }
  friend std::string operator+(const char* a, SharedText b) { return a + b.str(); }
  friend std::string operator+(char a, SharedText b) { return a + b.str(); }

  friend std::ostream& operator<<(std::ostream& out, SharedText text);

 private:
  static const std::string* keep(std::string_view text);  // null for ""
  static const std::string& none();

  const std::string* text_ = nullptr;
};

}  // namespace tonghop
