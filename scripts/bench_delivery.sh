#!/usr/bin/env bash
# Time and peak memory of a delivery: N generated births with N PDFs from A4 pages, against a hundred.
#
#   scripts/bench_delivery.sh [N] [FOLDER]     N is 10000; FOLDER keeps run and delivery for scripts/check_delivery.py
#
# SOHOA names the program to measure; without it the release build. Memory that grew with the number of cases would show
# between the lines.
set -euo pipefail
cd "$(dirname "$0")/.."
cases=${1:-10000}
if [ -n "${2:-}" ]; then
  mkdir -p "$2"
  work=$(realpath "$2")
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
if [ -z "${SOHOA:-}" ]; then
  [ -x target/release/sohoa ] || cargo build --release --locked
  SOHOA=target/release/sohoa
fi
sed 's/^confirmation = .*/confirmation = "not-asked"/' pipeline.toml >"$work/pipeline.toml"
for n in 100 "$cases"; do
  if [ ! -d "$work/run-$n" ]; then
    SOHOA_GENERATED_RUN="$work/run-$n" SOHOA_GENERATED_CASES=$n \
      cargo test --locked --quiet --test it -- --ignored --exact generated::run_for_scripts >/dev/null
  fi
  # writing the same once more costs the same: seen on the hundred
  [ "$n" = 100 ] && kinds="first again" || kinds=first
  for what in $kinds; do
    python3 - "$n" "$what" "$SOHOA" export "$work/run-$n" --to "$work/out-$n" --config "$work/pipeline.toml" \
      --office "UBND xã Lộc Thuận, huyện Bình Đại, tỉnh Bến Tre" <<'PY'
import resource, subprocess, sys, time
cases, what, *command = sys.argv[1:]
began = time.monotonic()
done = subprocess.run(command, capture_output=True, text=True)
used, seconds = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
rows = next((line.split(" rows")[0].rsplit(" ", 1)[1] for line in done.stdout.splitlines() if " rows" in line), "?")
cpu = used.ru_utime + used.ru_stime
print(f"cases {cases:>6}  {what:<5}  rows {rows:>6}  {seconds:8.1f} s  cpu {cpu:8.1f} s  peak {used.ru_maxrss / 1024:6.0f} MiB  exit {done.returncode}")
if rows == "?":
    print(done.stdout, done.stderr)
PY
  done
done
