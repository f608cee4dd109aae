#!/usr/bin/env bash
# Fits the confidence of the networks in models/ on writers and faces that no training has seen, and prints accuracy by kind of field.
#
#   scripts/train/fit.sh [SHARED]     default ../shared: its blanks and the split `dev` of its handwriting
#
# 120 pages in held-out faces and 60 with places in real hands of dev, on real blanks, and of as many more the kinds that a page
# has one of or none; half of the writers fit, half judge. About 20 minutes on two threads of one core. The pages hold material that
# must not be published: they stay in work/.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${1:-../shared}
python=.venv/bin/python
[ -x "$python" ] || { python3 -m venv .venv && .venv/bin/pip install --quiet -r scripts/train/requirements.txt; }
[ -x target/release/sohoa ] || cargo build --release --locked
[ -d vendor/fonts/print ] || scripts/synth/print_fonts.sh
"$python" scripts/synth/hand_fonts.py
pages=work/pages
make() { # folder, how
  local to=$pages/$1; shift
  [ -f "$to/truth.jsonl" ] || PYTHONPATH=scripts "$python" -m synth.pages --out "$to" --mode blank --shared "$shared" --distort mixed "$@"
}
slots() { # folder of pages
  rm -rf "work/slots/$1"
  # one truth for both: its files are named from its folder
  for set in fonts real; do sed "s#\"file\": \"#&$set/#" "$pages/$1/$set/truth.jsonl"; done > "$pages/$1/truth.jsonl"
  target/release/sohoa slots "$pages/$1/fonts" "$pages/$1/real" --truth "$pages/$1/truth.jsonl" --out "work/slots/$1" || [ $? -eq 3 ]
}
make dev/fonts --hands heldout --pages 120 --seed 112 --book 4
make dev/real --hands real-dev --pages 60 --seed 113 --book 3
make more/fonts --hands heldout --pages 120 --seed 114 --book 4
make more/real --hands real-dev --pages 60 --seed 115 --book 3
slots dev
slots more
# what a page has several of, 180 pages have enough of
frequent='^(person-name|place|date|country|ethnic-group|id-number|register-number)$'
awk -F '\t' -v frequent="$frequent" '
  NR == 1 { for (i = 1; i <= NF; i++) if ($i == "kind") kind = i; next }
  $kind !~ frequent' work/slots/more/labels.tsv >> work/slots/dev/labels.tsv
mv work/slots/more/*.png work/slots/dev
target/release/sohoa bench reader --lines work/slots/dev --fit models/calibration.toml
