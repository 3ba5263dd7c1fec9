#!/bin/sh
# The demonstration: a fictitious town leaves an old vendor's dump and arrives in the standard layout, with proof.
#   tools/demo.sh FOLDER RESIDENTS
set -eu
folder=$1
residents=$2
rm -rf "$folder"
mkdir -p "$folder"
echo "架空の町を作ります (住民 $residents 人、旧システムA、わざと入れた不備あり)"
yakuba town make --residents "$residents" --seed 1 --form vendor-a --defects realistic --out "$folder/old-vendor"
echo
echo "標準レイアウトへ移します"
# Exit code 1 means that findings wait for a person: in a town with planted defects that is the right answer.
yakuba migrate run "$folder/old-vendor/project.toml" --out "$folder/run" || [ $? -eq 1 ]
echo
echo "受け取る側が、証拠だけで確かめます"
yakuba verify "$folder/run"
echo
echo "報告書 report:  $folder/run/report.html"
echo "担当課へ        $folder/run/findings.xlsx"
