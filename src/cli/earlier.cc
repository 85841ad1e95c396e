// An earlier merged report, read for what a person put into it.
#include "cli/earlier.h"

#include <algorithm>
#include <optional>

#include "cli/files.h"
#include "forms/submission.h"
#include "xlsx/reader.h"

namespace tonghop {

xlsx::Limits of_reports(xlsx::Limits limits) {
  limits.part_bytes *= 8;
  limits.total_bytes *= 8;
  limits.cells *= 8;
  return limits;
}

Earlier read_earlier(const std::string& path, const Definitions& definitions, const xlsx::Limits& limits,
                     Findings& findings) {
  const Place place{.file = path};
  const auto damaged = [](const Finding& why) {
    const auto problem = std::find_if(why.details.begin(), why.details.end(),
                                      [](const Details::value_type& detail) { return detail.first == "problem"; });
    return Error("report-damaged", why.place,
                 {{"problem", problem == why.details.end() ? why.code.str() : problem->second}});
  };
  Findings said;
  xlsx::Workbook book;
  try {
    book = xlsx::read_workbook(read_file(path), path, said, of_reports(limits));
  } catch (const Error& error) {
    const std::string& code = error.finding().code;
    if (code == "file-missing" || code == "file-unreadable" || code == "file-too-large") throw;
    if (code == "file-damaged" || code == "file-encrypted") throw damaged(error.finding());
    throw Error("report-foreign", place);
  }
  const std::optional<Identity> identity = identity_of(book);
  if (!identity || identity->form != definitions.summary()->form.id) throw Error("report-foreign", place);
  for (const Finding& finding : said) {
    if (definitions.wording.severity(finding) == Severity::error) throw damaged(finding);
  }
  return {read_decisions(book, path, definitions, findings), read_figures(book, path, definitions)};
}

}  // namespace tonghop
