#!/usr/bin/env bash
# Measures what docs/performance.md says and writes it anew. About an hour; leave the machine alone meanwhile.
# Environment: SCENARIOS (default "s10 s50 s100 s200 r10 a6"), GROWTH (default "s500 r50": our server alone), PEERS (default pionfwd, and janus where it is installed), RUNS (default 2), DUR (default 8s), COURSES (default "25000 1000000").
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

echo "== a lesson of 45 minutes, and eight at once"
dotnet build tests/Recorder.Tests -c Release -v quiet -clp:ErrorsOnly
dotnet test tests/Recorder.Tests -c Release --no-build --filter "FullyQualifiedName~Forty_five" --logger "console;verbosity=detailed" | grep -E "captured,|bell to|^ *Draft film|^ *film:|^ *played in|^ *marks" | sed -E 's/^ +//' | tee "$work/bell.txt"

echo "== the catalogue"
for courses in ${COURSES:-25000 1000000}; do
  for database in Sqlite Postgres; do
    dotnet tests/Benchmarks/bin/Release/net10.0/Classroom.Benchmarks.dll catalogue $database "$courses" | tee -a "$work/catalogue.txt"
  done
done

echo "== a lesson's hub"
taskset -c 1 dotnet tests/Benchmarks/bin/Release/net10.0/Classroom.Benchmarks.dll lesson | tee "$work/lesson.txt"

echo "== forwarding"
# Debian's janus starts itself as a service when it is installed: that is left to whoever wants the comparison.
PEERS=${PEERS:-pionfwd$(command -v janus >/dev/null && echo " janus" || true)}
OUT=$PWD/$work/sfu.jsonl DUR=${DUR:-8s} "$sfu/matrix.sh" "$PEERS classroom" "${SCENARIOS:-s10 s50 s100 s200 r10 a6}" "${RUNS:-2}"
OUT=$PWD/$work/sfu.jsonl DUR=${DUR:-8s} "$sfu/matrix.sh" classroom "${GROWTH:-s500 r50}" "${RUNS:-2}"

python3 "$sfu/report.py" "$work" >docs/performance.md
cat docs/performance.md
