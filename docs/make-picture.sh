#!/usr/bin/env bash
# Makes docs/report.png: the HTML report of the demonstration's second run, in headless Chromium.
# Needs citecheck and chromium on PATH, and a font for Japanese.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
citecheck run --demo --progress none >/dev/null 2>&1
citecheck run --demo --again --progress none >/dev/null 2>&1
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run \
  --disable-background-networking --disable-component-update --disable-sync \
  --user-data-dir="$work/profile" --window-size=1000,1250 --screenshot="$here/report.png" \
  "file://$work/citecheck-demo/archive/link-health.html" >/dev/null 2>&1
