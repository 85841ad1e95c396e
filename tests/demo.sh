#!/bin/sh
# Shows the whole way on the returned workbooks beside this script: demo.sh PROGRAM FOLDER.
set -eu
program=$1
folder=$2

echo "Blank workbooks:"
"$program" blank -o "$folder/blanks"

echo
echo "What the returned workbooks say (first lines of $folder/values.csv):"
mkdir -p "$folder"
# Exit code 1 says that some typed values need a look: real returns have such values.
"$program" read --format csv tests/returned/*.xlsx >"$folder/values.csv" 2>"$folder/findings.txt" || [ $? -eq 1 ]
head -n 6 "$folder/values.csv"
echo "… $(wc -l <"$folder/values.csv") lines; $(wc -l <"$folder/findings.txt") findings in $folder/findings.txt"

echo
echo "Merged:"
"$program" merge tests/returned/*.xlsx -o "$folder/provincial.xlsx" || [ $? -eq 1 ]
echo
echo "The provincial workbook lies in $folder/provincial.xlsx"
