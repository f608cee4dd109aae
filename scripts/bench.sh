#!/usr/bin/env bash
# Seconds and memory a page: 20 pages against 500 (or N), one worker and all.
#
#   scripts/bench.sh PAGES_FOLDER [N]     a folder of at least N generated pages (scripts/samples.sh --out FOLDER --pages N makes them)
#
# Prints one line a run from timing.json; memory that grew with the number of pages would show in the last column.
set -euo pipefail
cd "$(dirname "$0")/.."
pages=${1:?a folder with pages}
many=${2:-500}
[ -x target/release/sohoa ] || cargo build --release --locked
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run() { # pages, workers
  mkdir -p "$work/scans-$1"
  find "$(realpath "$pages")" -type f \( -name '*.jpg' -o -name '*.png' -o -name '*.pdf' -o -name '*.tif' \) | sort |
    sed -n "1,$1p" | while read -r file; do ln -sf "$file" "$work/scans-$1/$(echo "$file" | md5sum | cut -c1-12).${file##*.}"; done
  target/release/sohoa run "$work/scans-$1" --out "$work/run-$1-$2" --workers "$2" >/dev/null || [ $? -eq 3 ]
  python3 - "$1" "$2" "$work/run-$1-$2/timing.json" <<'PY'
import json, sys
files, workers, path = sys.argv[1:]
t = json.load(open(path))
stages = " ".join(f"{k} {v / max(1, t['pages_read']):.2f}" for k, v in t["stage_seconds"].items())
print(f"files {files:>4}  workers {workers}  pages {t['pages_read']:>4}  s/page {t['seconds_per_page']}  peak {t['peak_memory_mib']:.0f} MiB  ({stages})")
PY
}

run 20 1
run 20 "$(nproc)"
run "$many" "$(nproc)"
