#!/bin/sh
# The demonstration: fictitious towns leave their old vendors' dumps, arrive in the standard layout with proof, and
# open in the browser as one cloud.
#   tools/demo.sh FOLDER RESIDENTS
set -eu
folder=$1
residents=$2
rm -rf "$folder"
mkdir -p "$folder"
# Everything the demonstration makes lies below its folder, the signing key included.
YAKUBA_HOME="$(cd "$folder" && pwd)/home"
export YAKUBA_HOME
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
echo
echo "隣の村も、別の旧システムから移します (住民 1000 人、旧システムB)"
{
    yakuba town make --municipality 990027 --residents 1000 --seed 2 --form vendor-b --out "$folder/neighbour"
    yakuba migrate run "$folder/neighbour/project.toml" --out "$folder/neighbour-run"
} > "$folder/neighbour.log" 2>&1 || { cat "$folder/neighbour.log"; exit 1; }
echo
exec python "$(dirname "$0")/demo_cloud.py" "$YAKUBA_HOME" 990019="$folder/run" 990027="$folder/neighbour-run"
