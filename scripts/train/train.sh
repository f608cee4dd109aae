#!/usr/bin/env bash
# Trains the handwriting reader from start to finish and leaves models/reader.onnx. Stopped runs go on where they were.
#
#   scripts/train/train.sh [--no-contest] [--device cuda] [--minutes N] [--own FOLDER]... [any flag of train.py]
#
# --no-contest: synthesis and --own lines only, so that every line may be used by the office that trains.
# Needs Python 3.10+, npm and (unless --no-contest) ../shared/data/handwriting; fetches packages from PyPI and npm.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=120
contest=yes
rest=()
while [ $# -gt 0 ]; do
  case $1 in
    --minutes) minutes=$2; shift ;;
    --no-contest) contest=no; rest+=("$1") ;;
    *) rest+=("$1") ;;
  esac
  shift
done

[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet -r scripts/train/requirements.txt
python=$PWD/.venv/bin/python
assets=$("$python" -c 'import importlib.util as u, pathlib; print(pathlib.Path(u.find_spec("asterocr").submodule_search_locations[0]) / "assets")')
mkdir -p work
# glibc gives every large tensor back to the system and asks for it again: 10 to 20 % of the time on a CPU
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=16000000000
"$python" scripts/synth/hand_fonts.py
[ -d vendor/fonts/print ] || scripts/synth/print_fonts.sh

learn() { "$python" scripts/train/train.py --assets "$assets" "$@" "${rest[@]}"; }
finish() { "$python" scripts/train/export.py --assets "$assets" --checkpoint "$1" --out "$2"; }

if [ "$contest" = yes ]; then
  # A quarter of the time on real lines alone; with that network words are cut out of them for the word bank.
  learn --minutes $((minutes / 4)) --mix real=1 --out work/lines.pt
  mkdir -p work/lines
  [ -f work/bank/train.npz ] || { finish work/lines.pt work/lines/lines.onnx && "$python" scripts/train/bank.py --model work/lines/lines.onnx; }
  learn --minutes $((minutes - minutes / 4)) --start work/lines.pt --mix real=1,paged=0.6,bank=1.2,fonts=1.8 --out work/reader.pt
else
  learn --minutes "$minutes" --mix fonts=1 --out work/reader.pt
fi
finish work/reader.pt models/reader.onnx
"$python" scripts/train/pack.py --model models/reader.onnx
