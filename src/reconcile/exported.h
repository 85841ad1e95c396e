// Arrivals as files that other programs analyse and that this one takes back, so that many machines can read and one
// merge. Three formats hold the same five tables:
//
//   export        one row: format version, program, definitions, SHA-256 over all of this and the other rows
//   files         one row a file, whatever came of it
//   observations  one row a value, blank ones included, with its place and how it was read
//   remarks       what was written beside rows that take no value
//   findings      what reading noticed, with its details
//
// JSON has them as lists of objects; SQLite as tables, a decimal as REAL beside its exact text; CSV all in one table
// whose first column, `record`, names the table of each row. Integers apart, every value is text, decimals exact, with
// a decimal point; "" (NULL in SQLite) stands for none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reconcile/arrival.h"

namespace tonghop {

enum class ExportFormat { csv, json, sqlite };

// By the extension of a file name: .csv, .json, .sqlite; nothing for any other.
std::optional<ExportFormat> export_format(std::string_view path);

// The same arrivals give the same bytes. `program`: name and version. Returns must not be joined yet (join.h).
std::string write_exported(const std::vector<Arrival>& arrivals, const Definitions& definitions,
                           const std::string& program, ExportFormat format);

// Whether the bytes begin as an export of ours does, whatever follows.
bool is_exported(std::string_view bytes);

// Exactly the arrivals that were written, with `told_by`; other definitions than those it was made with are a finding
// (export-definitions) of an ignored arrival named like the export. Throws Error (export-damaged) for anything that is
// not as it was written: a row changed, lost or added.
std::vector<Arrival> read_exported(std::string_view bytes, const std::string& path, const Definitions& definitions);

// A file that is told of twice, read itself or exported, arrives once. Different files of one path, known by exports
// only, are told apart: their path begins with that of the export.
void tell_apart(std::vector<Arrival>& arrivals);

}  // namespace tonghop
