#!/bin/sh
# Draws the README's pictures from real output, rendered by LibreOffice: draw.sh PROGRAM. Run it at the top of the project.
set -eu
program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 "$here/../end_to_end/told_round.py" "$program" "$work" >/dev/null
draw() { # WORKBOOK PAGE NAME
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf --outdir "$work" "$1" >/dev/null
  pdftoppm -r 70 -png -f "$2" -l "$2" -singlefile "$work/$(basename "${1%.*}").pdf" "$here/$3"
  pngquant --force --output "$here/$3.png" 32 "$here/$3.png"
}
draw "$work"/quy-1/outbox/STP_*.xlsx 1 blank
draw "$work"/quy-1/tong-hop.xlsx 1 provincial
draw "$work"/quy-1/returns/STP_*.xlsx 1 correction
