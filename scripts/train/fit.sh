#!/usr/bin/env bash
# Fits the confidence of the networks in models/ on writers and faces that no training has seen, and prints accuracy by kind of field.
#
#   scripts/train/fit.sh [SHARED]     default ../shared: its blanks and the split `dev` of its handwriting
#
# 120 pages in held-out faces and 60 with places in real hands of dev, on real blanks; half of the writers fit, half judge. About
# 25 minutes on two cores. The pages hold material that must not be published: they stay in work/.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${1:-../shared}
python=.venv/bin/python
[ -x "$python" ] || { python3 -m venv .venv && .venv/bin/pip install --quiet -r scripts/train/requirements.txt; }
[ -x target/release/sohoa ] || cargo build --release --locked
[ -d vendor/fonts/print ] || scripts/synth/print_fonts.sh
"$python" scripts/synth/hand_fonts.py
pages=work/pages/dev
make() { # folder, how
  local to=$pages/$1; shift
  [ -f "$to/truth.jsonl" ] || PYTHONPATH=scripts "$python" -m synth.pages --out "$to" --mode blank --shared "$shared" --distort mixed "$@"
}
make fonts --hands heldout --pages 120 --seed 112 --book 4
make real --hands real-dev --pages 60 --seed 113 --book 3
# one truth for both: its files are named from its folder
for set in fonts real; do sed "s#\"file\": \"#&$set/#" "$pages/$set/truth.jsonl"; done > "$pages/truth.jsonl"
rm -rf work/slots/dev
target/release/sohoa slots "$pages/fonts" "$pages/real" --truth "$pages/truth.jsonl" --out work/slots/dev || [ $? -eq 3 ]
target/release/sohoa bench reader --lines work/slots/dev --fit models/calibration.toml
