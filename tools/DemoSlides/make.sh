#!/usr/bin/env bash
# Prints slides.html to seeds/slides.pdf, the deck of the demo lesson; the same fonts give the same bytes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../../seeds/slides.pdf
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$profile" --no-pdf-header-footer --print-to-pdf="$out" "file://$here/slides.html" 2>/dev/null
# The time of printing is all that differs from one run to the next.
sed -i -E "s/D:[0-9]{14}/D:20260901000000/g" "$out"
pdfinfo "$out" | grep -E '^(Pages|Page size|File size)'
