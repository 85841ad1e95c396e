// What the commands print with --format json; `tonghop schema NAME` prints the schema of each (src/cli/schemas).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "merge/source_file.h"
#include "report/explanation_text.h"
#include "report/status_lines.h"

namespace tonghop {

using NamedCounts = std::vector<std::pair<std::string, long long>>;

// `why`: the figure, its addends, and the findings that concern them. Decimals are exact and text, as in CSV.
std::string explanation_json(const Explained& explained, const std::string& lang);

// `check` and `merge`: what was counted, every file, every finding.
std::string check_json(const NamedCounts& counts, const std::vector<SourceFile>& sources, const Findings& findings,
                       const Wording& wording, const std::string& lang);

// `status`: counts, agencies and files of the ledger, every finding.
std::string status_json(const RoundStatus& status, const std::string& lang);

std::string templates_json(const Definitions& definitions);

// `lint`: what is wrong, "file:line:column: ..." each.
std::string lint_json(const std::vector<std::string>& problems);

}  // namespace tonghop
