// What bytes are that are no workbook, told by content and never by a name.
#pragma once

#include <string_view>

namespace tonghop::xlsx {

struct Foreign {
  std::string_view code;  // of the Error that says so; "file-unknown" when nothing is recognised
  std::string_view kind =
      {};  // more precisely, a proper name in every language: "RAR", "PNG"; "" when there is no more
};

// Of bytes that are neither a zip nor a compound file: file-empty, file-unsynced, file-pdf, file-markup, file-mail,
// file-shortcut, file-archive, file-image, file-docx, file-unknown.
Foreign judge_foreign_content(std::string_view bytes);

}  // namespace tonghop::xlsx
