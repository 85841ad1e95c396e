# Completion of tonghop's command line in bash. It asks the program's own help, so it knows whatever the program knows.

# The lines of a section of a help text: "Commands", "Arguments".
_tonghop_section() {
  awk -v heading="$1:" '$0 == heading { inside = 1; next } /^[^ ]/ { inside = 0 } inside'
}

# Names for the word at hand: folders, and files that end in one of the words given, or all when none is given.
_tonghop_files() {
  local file ending
  compopt -o filenames 2>/dev/null
  while IFS= read -r file; do
    if [[ -d $file || $# -eq 0 ]]; then
      COMPREPLY+=("$file")
      continue
    fi
    for ending in "$@"; do
      [[ ${file,,} == *".$ending" ]] && COMPREPLY+=("$file")
    done
  done < <(compgen -f -- "$current")
}

# Values of an option or argument, as its help describes it: "LANG:{vi,en}", "FILE.csv", "DIR".
_tonghop_values() {
  local kind=${1%% *}
  case $kind in
    *:{*}) kind=${kind#*\{} && mapfile -t COMPREPLY < <(compgen -W "${kind//[,\}]/ }" -- "$current") ;;
    FILE.*) _tonghop_files "${kind#FILE.}" ;;
    FILE) _tonghop_files ;;
    DIR) _tonghop_files / ;;
    ID) mapfile -t COMPREPLY < <(compgen -W "$("$program" templates 2>/dev/null | awk 'NR > 1 { print $1 }')" -- "$current") ;;
  esac
}

_tonghop() {
  local program=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local help command='' word kind i
  COMPREPLY=()
  if [[ $current == '=' ]]; then  # "--lang=v" is three words
    current=''
  elif [[ $previous == '=' ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  help=$("$program" --lang en --help 2>/dev/null) || return
  local commands
  commands=$(_tonghop_section Commands <<<"$help" | awk '{ print $1 }')
  for ((i = 1; i < COMP_CWORD; ++i)); do
    for word in $commands; do
      [[ -z $command && ${COMP_WORDS[i]} == "$word" ]] && command=$word
    done
  done
  if [[ -n $command ]]; then help+=$'\n'$("$program" "$command" --lang en --help 2>/dev/null); fi

  if [[ $previous == -* ]]; then
    kind=$(awk -v name="$previous" '/^  -/ { split($1, names, ","); if (names[1] == name || names[2] == name) { print $2; exit } }' <<<"$help")
    if [[ $kind =~ ^[A-Z] && ! $kind =~ ^[A-Z][a-z] ]]; then  # a flag has its description there
      _tonghop_values "$kind"
      return
    fi
  fi
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(awk '/^  -/ { gsub(",", " ", $1); print $1 }' <<<"$help")" -- "$current")
  elif [[ -z $command ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
  else
    kind=$(_tonghop_section Arguments <<<"$help" | awk '/^  [A-Z]/ { print $1, $2 }' | tail -n 1)
    case $kind in
      *:{*}) _tonghop_values "${kind#* }" ;;
      DIR*) _tonghop_values DIR ;;
      ?*) _tonghop_files xlsx xlsm xls ods csv json sqlite zip eml mbox ;;
    esac
  fi
}

complete -F _tonghop tonghop
