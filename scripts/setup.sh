#!/usr/bin/env bash
# Installs what the build and the run need on Debian 12 and later; does nothing where it is there already.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(build-essential pkg-config libclang-dev libleptonica-dev libtesseract-dev
  tesseract-ocr tesseract-ocr-vie)
# python is for the test run alone: it carries the licence checker (scripts/test.sh)
[ "${1:-}" = "--with-test-tools" ] && packages+=(python3-venv poppler-utils)

missing=()
for p in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing+=("$p")
done
if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "setup: these Debian packages are missing: ${missing[*]}" >&2
      echo "hint: let an administrator run: apt-get install -y ${missing[*]}" >&2
      exit 1
    }
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
fi

command -v cargo >/dev/null || {
  echo "setup: cargo is not on the PATH" >&2
  echo "hint: install Rust 1.95 or later (rustup, stable) and open a new shell" >&2
  exit 1
}
