// Lines for people, and for the log.
#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "cli/log.h"
#include "report/tables.h"

namespace tonghop {
namespace {

// In the colour of its severity; grey when a person has decided on it.
std::string coloured(const std::string& word, const Finding& finding, Severity severity) {
  const char* colour = finding.state != Finding::State::open ? "90"  // bright black
                       : severity == Severity::error         ? "1;31"
                       : severity == Severity::warning       ? "33"
                                                             : "";
  return *colour == '\0' ? word : std::string("\x1b[") + colour + "m" + word + "\x1b[0m";
}

void put(std::ostream& to, bool colours, const Findings& findings, const Wording& wording, const Terminal& terminal) {
  for (const Finding& finding : findings) {
    const Severity severity = wording.severity(finding);
    const bool open = finding.state == Finding::State::open;
    const std::string word = severity_word(finding, wording, terminal.lang);
    const std::string line = findings_lines({finding}, wording, terminal.lang);
    keep(open ? severity : Severity::note, trimmed(line));
    if (terminal.quiet && !(open && severity == Severity::error)) continue;
    to << (colours ? coloured(word, finding, severity) + line.substr(word.size()) : line);
  }
}

}  // namespace

bool shows_colours(int descriptor) {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
    return std::string_view(value == nullptr ? "" : value);
  };
  return ::isatty(descriptor) != 0 && variable("NO_COLOR").empty() && !variable("TERM").empty() &&
         variable("TERM") != "dumb";
}

int terminal_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 0 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 140;
}

void say(const Findings& findings, const Wording& wording, const Terminal& terminal) {
  put(terminal.err, terminal.coloured_err, findings, wording, terminal);
}

void print(const Findings& findings, const Wording& wording, const Terminal& terminal) {
  put(terminal.out, terminal.coloured_out, findings, wording, terminal);
}

void say_done(const std::string& id, const Details& details, const Wording& wording, const Terminal& terminal) {
  say_done(wording.text(id, terminal.lang, details) + "\n", terminal);
}

void say_done(const std::string& lines, const Terminal& terminal) {
  for (std::string_view rest = lines; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    keep(Severity::note, rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!terminal.quiet) terminal.out << lines;
}

void say(const Trouble& trouble, const Wording& wording, const Terminal& terminal) {
  const std::string word = lower(wording.text("severity.error", terminal.lang));
  const std::string said = ": " + wording.text(trouble.id, terminal.lang, trouble.details);
  keep(Severity::error, word + said);
  terminal.err << (terminal.coloured_err ? coloured(word, {}, Severity::error) : word) << said << "\n";
}

std::string hint(std::string_view word, std::span<const std::string> candidates, const Wording& wording,
                 const Terminal& terminal) {
  const std::size_t near = nearest(word, candidates);
  if (near == candidates.size()) return "";
  return " " + wording.text("usage.hint", terminal.lang, Details{{"near", candidates[near]}});
}

}  // namespace tonghop
