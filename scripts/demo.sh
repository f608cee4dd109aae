#!/usr/bin/env bash
# All set-up, then the main job on samples/: records, review queue and report in runs/samples.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
cargo build --release --locked
out=${1:-runs/samples}
status=0
target/release/sohoa run samples/scans samples/bad --out "$out" || status=$?
# 3 says that some pages were set aside: samples/bad holds such files on purpose
[ "$status" -eq 0 ] || [ "$status" -eq 3 ] || exit "$status"
target/release/sohoa eval "$out" samples/truth.jsonl
echo
echo "open $out/report.html in a browser; records: $out/records.csv; queue: $out/review/queue.csv; set aside: $out/aside.csv"
