#!/bin/sh
# Keeps the classroom's screen open in Chromium, Chrome or Edge: full screen, with its cameras and its slides, and again after
# every crash. Start it when the station's user signs in (docs/stations.md).
#   classroom-kiosk.sh https://classroom.school.example ["window or screen to share"]
#
# CLASSROOM_BROWSER   the browser; the first of chromium, google-chrome and microsoft-edge that is there
# CLASSROOM_PROFILE   where it keeps the set-up; ~/.local/share/classroom-kiosk
# CLASSROOM_FLAGS     more flags, for example --window-position=1920,0
set -u

server=${1:?usage: classroom-kiosk.sh SERVER [SOURCE]}
source=${2:-Entire screen}
here=$(cd "$(dirname "$0")" && pwd)
profile=${CLASSROOM_PROFILE:-$HOME/.local/share/classroom-kiosk}
shortest_run=10
longest_pause=30

find_browser() {
  for name in "${CLASSROOM_BROWSER:-}" chromium chromium-browser google-chrome microsoft-edge; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
      command -v "$name"
      return
    fi
  done
  echo "No Chromium, Chrome or Edge was found; set CLASSROOM_BROWSER." >&2
  exit 1
}

browser=$(find_browser) || exit 1
mkdir -p "$profile"
flags=$(grep -v -e '^#' -e '^$' "$here/flags.txt")
child=
trap 'kill "$child" 2>/dev/null; exit 0' INT TERM

pause=1
while :; do
  # After a power cut Chromium takes its own lock for another browser's.
  rm -f "$profile"/Singleton*
  started=$(date +%s)
  # shellcheck disable=SC2086 # Flags are words without spaces.
  LANGUAGE=en "$browser" $flags ${CLASSROOM_FLAGS:-} --user-data-dir="$profile" --auto-select-desktop-capture-source="$source" "$server/station?kiosk=1" &
  child=$!
  wait "$child"
  # A browser that does not start must not be started a hundred times a second.
  if [ $(($(date +%s) - started)) -ge $shortest_run ]; then pause=1; elif [ $pause -lt $longest_pause ]; then pause=$((pause * 2)); fi
  sleep $pause
done
