#!/usr/bin/env bash
# Has Mermaid's own parser read journeys that Rihla wrote: every example, and a thousand maps with nasty texts.
# Needs Node and npm, which fetches Mermaid into target/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo test --locked --test main -- --ignored journeys_for_mermaids_own_parser
mkdir -p target/npm
cp scripts/mermaid.mjs target/npm/
(cd target/npm && npm install --no-save --no-audit --no-fund mermaid@11 jsdom >/dev/null)
node target/npm/mermaid.mjs target/mermaid
