#!/usr/bin/env bash
# Rebuilds samples/ from nothing: a Python environment with pinned packages, the faces, then the pages.
# Any arguments go to the generator instead: scripts/samples.sh --out work/pages --pages 100 --seed 7 --distort hard
set -euo pipefail
cd "$(dirname "$0")/.."
venv=work/venv-synth
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet -r scripts/synth/requirements.txt
fi
scripts/synth/print_fonts.sh
[ -f vendor/fonts/hands/playwrite-vn.ttf ] || "$venv/bin/python" scripts/synth/hand_fonts.py
export PYTHONPATH=scripts
if [ $# -gt 0 ]; then
  exec "$venv/bin/python" -m synth.pages "$@"
fi
exec "$venv/bin/python" -m synth.samples --out samples
