#!/usr/bin/env bash
# Runs the suites and ends with one line over all of them: N passed, N failed.
#   tools/test.sh check | all | long
# A suite that fails, that skips a test, or that says nothing at all makes the whole run fail.
# In "all", tests that failed are run once more, by themselves: one that passes then is named as unsteady and to be
# mended, but does not stop a change that has nothing to do with it. More than three of them in a run do.
set -uo pipefail
cd "$(dirname "$0")/.."

kind=${1:-all}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0 broken=() failures=() unsteady=()
unsteady_limit=3

configuration=Release
# Media have the machine to themselves; of the others, those run beside each other that leave the processor idle now and then.
unit_suites=(MediaServer Rtc,Data Signaling Recorder Library,Server)
# Without servers: those that start web servers, object stores or FFmpeg wait for "all", and so do the tests on PostgreSQL.
quick_suites=(Rtc MediaServer Data Library)

build() {
  echo "== build"
  dotnet build Classroom.sln -c $configuration -v quiet -clp:ErrorsOnly || { broken+=(build); finish; }
}

count() { # suite log: adds the totals that the runner printed
  local suite=$1 log=$2 line p s
  f=0
  line=$(grep -E '^(Passed|Failed|Skipped)! +- Failed:' "$log" | tail -n 1)
  if [ -z "$line" ]; then
    broken+=("$suite")
    tail -n 40 "$log"
    return
  fi
  f=$(sed -E 's/.*Failed: *([0-9]+).*/\1/' <<<"$line")
  p=$(sed -E 's/.*Passed: *([0-9]+).*/\1/' <<<"$line")
  s=$(sed -E 's/.*Skipped: *([0-9]+).*/\1/' <<<"$line")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  if [ "$p" -eq 0 ] && [ "$f" -eq 0 ]; then broken+=("$suite has no tests"); fi
}

reasons() { # log: each failed test with the first lines of its message, on one line
  awk '
    function flush() { if (test != "") print test ": " substr(why, 1, 600); test = "" }
    /^ *Failed .*\[[^]]*\]$/ { flush(); test = $0; sub(/^ *Failed /, "", test); sub(/ *\[[^]]*\]$/, "", test); why = ""; lines = 0; next }
    /^ *Stack Trace:/ { flush() }
    test != "" && !/Error Message:/ && lines < 8 { sub(/^ */, ""); why = why " " $0; lines++ }
    END { flush() }' "$1"
}

passes_again() { # suite log: the tests that failed, and only they, pass when asked a second time
  local suite=$1 log=$2 names filter
  mapfile -t names < <(sed -nE 's/^ *Failed ([A-Za-z0-9_.]+).*\[[^]]*\]$/\1/p' "$log" | sort -u)
  [ ${#names[@]} -gt 0 ] && [ $((${#names[@]} + ${#unsteady[@]})) -le $unsteady_limit ] || return 1
  filter=$(printf '|FullyQualifiedName=%s' "${names[@]}")
  echo "   once more: ${names[*]}"
  dotnet test "tests/$suite.Tests" -c $configuration --no-build --filter "${filter:1}" >"$log.again" 2>&1 </dev/null &&
    grep -q '^Passed!' "$log.again"
}

run_suite() { # name [arguments of dotnet test]
  local name=$1 started=$SECONDS
  shift
  dotnet test "tests/$name.Tests" -c $configuration --no-build "$@" >"$results/$name.log" 2>&1 </dev/null
  echo "$? $((SECONDS - started))" >"$results/$name.end"
}

judge_suite() { # name
  local name=$1 log=$results/$1.log code seconds f
  read -r code seconds <"$results/$name.end"
  grep -E '^\s*(Failed|Skipped) |^(Passed|Failed)! ' "$log" || true
  [ "$code" -eq 0 ] || grep -vE '^(Test run for|VSTest|A total of|Starting test)' "$log" | tail -n 120
  local red=()
  while read -r line; do red+=("$name: $line"); done < <(reasons "$log")
  count "$name" "$log"
  if [ $kind = all ] && passes_again "$name" "$log"; then
    unsteady+=("${red[@]}")
    passed=$((passed + f)) failed=$((failed - f))
  else
    failures+=("${red[@]}")
  fi
  [ "$code" -eq 0 ] || grep -q '^Failed!' "$log" || broken+=("$name ended with $code")
  echo "   $seconds s"
}

# Several names, divided by commas, run beside each other.
dotnet_suites() { # name[,name...] [arguments of dotnet test]
  local names name running=()
  IFS=, read -ra names <<<"$1"
  shift
  echo "== ${names[*]}"
  for name in "${names[@]}"; do
    run_suite "$name" "$@" &
    running+=($!)
  done
  wait "${running[@]}"
  for name in "${names[@]}"; do judge_suite "$name"; done
}

web_suite() {
  [ -f src/WebClient/package.json ] || { broken+=("no web client"); return; }
  local log=$results/web.log summary=$results/web.json
  echo "== WebClient"
  (cd src/WebClient && { [ -d node_modules ] || npm ci --no-audit --no-fund; } && npm run --silent check &&
    npx --no-install vitest run --reporter=default --reporter=json --outputFile.json="$summary") >"$log" 2>&1 </dev/null
  local code=$?
  if [ $code -ne 0 ]; then tail -n 80 "$log"; fi
  if [ ! -s "$summary" ]; then broken+=(WebClient); return; fi
  local p f s
  read -r p f s < <(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")); console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests + (r.numTodoTests ?? 0))' "$summary")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  [ $code -eq 0 ] || [ "$f" -gt 0 ] || broken+=("WebClient ended with $code")
  echo "   Passed: $p, Failed: $f, Skipped: $s"
}

# Beside the suites, which leave a core to it.
format_start() {
  dotnet format whitespace Classroom.sln --no-restore --verify-no-changes --exclude src/Data/Migrations >"$results/format.log" 2>&1 </dev/null &
  format=$!
}

format_check() {
  echo "== format"
  wait "$format" || { broken+=(format); tail -n 20 "$results/format.log"; }
}

finish() {
  [ ${#unsteady[@]} -eq 0 ] || printf 'unsteady (passed when run again): %s\n' "${unsteady[@]}"
  [ ${#failures[@]} -eq 0 ] || printf 'failed: %s\n' "${failures[@]}"
  [ ${#broken[@]} -eq 0 ] || printf 'broken: %s\n' "${broken[@]}"
  [ "$skipped" -eq 0 ] || echo "skipped: $skipped (a skipped test is a failure here)"
  failed=$((failed + ${#broken[@]} + skipped))
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
}

case $kind in
  check)
    build
    format_start
    for name in "${quick_suites[@]}"; do dotnet_suites "$name" --filter "Category!=Slow&Category!=Long&DisplayName!~Postgres"; done
    web_suite
    format_check
    ;;
  all)
    build
    for name in "${unit_suites[@]}"; do dotnet_suites "$name" --filter "Category!=Long"; done
    web_suite
    dotnet_suites EndToEnd --filter "Category!=Long"
    ;;
  long)
    build
    dotnet_suites Recorder --filter "Category=Long" --logger "console;verbosity=detailed"
    dotnet_suites MediaServer --filter "Category=Long" --logger "console;verbosity=detailed"
    dotnet_suites EndToEnd --filter "Category=Long" --logger "console;verbosity=detailed"
    grep -E "voices over" "$results/EndToEnd.log"
    grep -E "rounds of" "$results/MediaServer.log"
    echo "Floods: kind, per second, lost, delay in ms p50 · p99 without and with it, ratio of p99"
    grep -E '^ *\|' "$results/MediaServer.log"
    echo "== fuzz"
    if dotnet run --project tests/Rtc.Fuzz -c $configuration --no-build -- --seconds "${FUZZ_SECONDS:-3600}"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    ;;
  *)
    echo "usage: tools/test.sh check | all | long" >&2
    exit 2
    ;;
esac
finish
