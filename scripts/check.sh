#!/usr/bin/env bash
# The gate: format, lints, tests, documentation. What it lets through may be committed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The gate tries the same cases of the property tests each time, so that it speaks of the change and of nothing else;
# `cargo test` alone tries others.
export PROPTEST_RNG_SEED="${PROPTEST_RNG_SEED:-2026}"

step() {
  printf '\n== %s\n' "$*"
  "$@"
}

step cargo fmt --check
step cargo clippy --all-targets --locked -- -D warnings
step cargo test --locked
RUSTDOCFLAGS="-D warnings" step cargo doc --no-deps --locked
printf '\nAll good.\n'
