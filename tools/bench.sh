#!/usr/bin/env bash
# Measures what docs/performance.md says and writes it anew. About ten minutes; leave the machine alone meanwhile.
# Environment: SCENARIOS (default "s10 s50 s100"), RUNS (default 3), DUR (default 10s).
set -euo pipefail
cd "$(dirname "$0")/.."
sfu=tests/Benchmarks/sfu
work=artifacts/bench
rm -rf "$work"
mkdir -p "$work"

if [ "$(nproc)" -lt 2 ]; then
  echo "This needs two cores: one for the server, one for its clients." >&2
  exit 1
fi

echo "== build"
CLASSROOM_SKIP_WEBCLIENT=1 dotnet build src/Server -c Release -v quiet -clp:ErrorsOnly
CLASSROOM_SKIP_WEBCLIENT=1 dotnet build tests/Benchmarks -c Release -v quiet -clp:ErrorsOnly
"$sfu/build.sh" "$sfu/bin"
gcc -O2 -o "$sfu/bin/floor" "$sfu/floor/floor.c" -lcrypto

echo "== kernel and cipher alone"
taskset -c 0 "$sfu/bin/floor" "$(hostname -I | cut -d' ' -f1)" | tee "$work/floor.txt"

echo "== films"
dotnet tests/Benchmarks/bin/Release/net10.0/Classroom.Benchmarks.dll ladder | tee "$work/ladder.txt"

echo "== forwarding"
OUT=$PWD/$work/sfu.jsonl DUR=${DUR:-10s} "$sfu/matrix.sh" "pionfwd classroom" "${SCENARIOS:-s10 s50 s100}" "${RUNS:-3}"

python3 "$sfu/report.py" "$work" >docs/performance.md
cat docs/performance.md
