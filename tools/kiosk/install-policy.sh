#!/bin/sh
# Lets the pages of one server, and no others, use cameras, microphones and the screen without a question. As root, once a station.
#   sudo tools/kiosk/install-policy.sh https://classroom.school.example
set -eu

server=${1:?usage: install-policy.sh SERVER}
case $server in
  https://* | http://localhost*) ;;
  *) echo "Browsers give devices to https pages only." >&2; exit 1 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
root=${CLASSROOM_POLICY_ROOT:-/etc}
for folder in chromium/policies/managed opt/chrome/policies/managed opt/edge/policies/managed; do
  mkdir -p "$root/$folder"
  sed "s|SERVER|${server%/}|g" "$here/policy.json" >"$root/$folder/classroom.json"
done
