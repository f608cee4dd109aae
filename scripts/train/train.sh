#!/usr/bin/env bash
# Trains the handwriting reader from start to finish and leaves its two networks in models/. Stopped runs go on where they were.
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
# every width and batch size is a shape of its own: with room for 1,024 of them oneDNN compiles most steps anew (15 % of the time)
export ONEDNN_PRIMITIVE_CACHE_CAPACITY=100000
"$python" scripts/synth/hand_fonts.py
[ -f work/figures.npz ] || "$python" scripts/train/figures.py
[ -d vendor/fonts/print ] || scripts/synth/print_fonts.sh

# Whole generated pages, cut as the reader will get them; --no-contest pages carry no real lines.
slots() { # name, pages, seed, how the pages are made
  local name=$1 pages=$2 seed=$3; shift 3
  rest+=(--slots "work/slots/$name")
  [ ! -f "work/slots/$name/done" ] || return 0
  [ -x target/release/sohoa ] || cargo build --release --locked
  PYTHONPATH=scripts "$python" -m synth.pages --out "work/pages/$name" --pages "$pages" --seed "$seed" --distort mixed --book 2 "$@"
  target/release/sohoa slots "work/pages/$name" --truth "work/pages/$name/truth.jsonl" --out "work/slots/$name" || [ $? -eq 3 ]
  touch "work/slots/$name/done"
}
slots typeset 240 9003 --mode typeset --hands train
if [ -d ../shared/forms ]; then
  slots fonts 240 9001 --mode blank --hands train
  slots drawn 90 9004 --mode blank --hands drawn
fi
if [ "$contest" = yes ]; then slots real 160 9002 --mode blank --hands real-train; fi

learn() { "$python" scripts/train/train.py --assets "$assets" "$@" "${rest[@]}"; }
finish() { "$python" scripts/train/export.py --assets "$assets" --checkpoint "$1" --out "$2"; }

begin=()
mix=fonts=0.7,drawn=1.6,figures=0.8,cut=2.2
if [ "$contest" = yes ]; then
  # A quarter of the time on real lines alone; with that network words are cut out of them for the word bank.
  learn --minutes $((minutes / 4)) --mix real=1,cut=0 --out work/lines.pt
  mkdir -p work/lines
  [ -f work/bank/train.npz ] || { finish work/lines.pt work/lines/lines.onnx && "$python" scripts/train/bank.py --model work/lines/lines.onnx; }
  begin=(--start work/lines.pt)
  mix=real=0.8,paged=0.3,bank=1,$mix
  minutes=$((minutes - minutes / 4))
fi
# The second network goes on from the first with other pictures: apart enough that a line's two views doubt different letters.
learn --minutes $((minutes / 2)) "${begin[@]}" --freeze 1 --mix "$mix" --out work/reader.pt
learn --minutes $((minutes / 2)) --start work/reader.pt --freeze 1 --keep 0.997 --seed 2 --mix "$mix" --out work/reader2.pt
for network in reader reader2; do
  finish "work/$network.pt" "models/$network.onnx"
  "$python" scripts/train/pack.py --model "models/$network.onnx"
done
