// An index that has seen other workbooks says of every text what a new one says.
#include "forms/caption_index.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace tonghop {
namespace {

Template form_with(const std::string& id) {
  Template form;
  form.id = id;
  form.columns.push_back({Role::caption, "Chỉ tiêu thống kê", "", ""});
  form.columns.push_back({Role::value, "Kết quả (ghi số)", "", ""});
  form.fields.push_back({.name = "agency", .caption = "Đơn vị báo cáo"});
  return form;
}

TEST(CaptionIndex, SaysOfATextWhatANewOneSays) {
  const std::vector<Template> forms = {form_with("a"), form_with("b")};
  CaptionIndex used(forms);
  std::vector<std::string> sheet = {"Chỉ tiêu  thống kê",
                                    "Kết quả",
                                    "Đơn vị báo cáo",
                                    "Đơn vị báo cáo",
                                    "%",
                                    "Văn bản",
                                    "%",  // a text may come again
                                    "ti le\xCC\xA3",
                                    "7.1",
                                    " 7.1"};
  for (int i = 0; i < 200; ++i) sheet.push_back("Chỉ tiêu  số " + std::to_string(i % 90));
  std::mt19937 dice(20270401);
  const auto below = [&](std::size_t count) { return dice() % count; };
  for (int workbook = 0; workbook < 60; ++workbook) {
    std::vector<std::string> texts = sheet;
    if (workbook % 7 == 0) texts.erase(texts.begin() + static_cast<std::ptrdiff_t>(below(100)), texts.end() - 20);
    for (std::size_t changes = below(40); changes > 0; --changes) {
      const std::size_t at = below(texts.size());
      if (changes % 3 == 0) texts[at] = "Ghi chú  " + std::to_string(below(1000));
      if (changes % 3 == 1) texts.erase(texts.begin() + static_cast<std::ptrdiff_t>(at));
      if (changes % 3 == 2) texts.insert(texts.begin() + static_cast<std::ptrdiff_t>(at), texts[below(texts.size())]);
    }
    used.begin(workbook % 3 == 0 ? "b" : workbook % 5 == 0 ? "" : "a");
    std::vector<const std::string*> shown;
    for (const std::string& text : texts) shown.push_back(&used.shown(text));
    for (std::size_t i = 0; i < texts.size(); ++i) {
      CaptionIndex fresh(forms);
      ASSERT_EQ(*shown[i], fresh.shown(texts[i])) << workbook;
      ASSERT_EQ(used.folded(texts[i]), fresh.folded(texts[i]));
      ASSERT_EQ(used.kept(texts[i]), texts[i]);
      const CaptionIndex::Heading one = used.heading(texts[i]), other = fresh.heading(texts[i]);
      ASSERT_EQ(std::tie(one.equal, one.loosely, one.group, one.field),
                std::tie(other.equal, other.loosely, other.group, other.field));
    }
  }
}

}  // namespace
}  // namespace tonghop
