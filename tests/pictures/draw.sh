#!/bin/sh
# Draws the README's pictures from real output: draw.sh PROGRAM. Needs LibreOffice, openpyxl, poppler-utils and pngquant.
set -eu
program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 "$here/../end_to_end/told_round.py" "$program" "$work" >/dev/null
draw() { # WORKBOOK NAME HEIGHT
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf --outdir "$work" "$1" >/dev/null 2>&1
  pdftoppm -r 70 -png -H "$3" -f 1 -l 1 -singlefile "$work/$(basename "${1%.*}").pdf" "$here/$2"
  pngquant --force --output "$here/$2.png" 32 "$here/$2.png"
}
draw "$work"/quy-1/outbox/STP_*.xlsx blank 560
draw "$work"/quy-1/returns/SNgV_*.xlsx correction 560
draw "$work"/quy-1/tong-hop.xlsx provincial 560
