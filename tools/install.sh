#!/usr/bin/env bash
# Installs what a target needs and this machine lacks:   tools/install.sh GROUP...
# Groups: run, test, bench. Debian and Ubuntu only; elsewhere, or without the right to install, it says what is missing.
set -euo pipefail

missing=()

need_command() { # command package...
  command -v "$1" >/dev/null 2>&1 || missing+=("${@:2}")
}

need_file() { # file package...
  [ -e "$1" ] || missing+=("${@:2}")
}

need_python_gst() {
  /usr/bin/python3 -c 'import gi; gi.require_version("GstWebRTC", "1.0"); from gi.repository import Gst, GstWebRTC' 2>/dev/null ||
    missing+=(python3-gi python3-gst-1.0 gir1.2-gst-plugins-base-1.0 gir1.2-gst-plugins-bad-1.0)
  local plugin
  for plugin in nice:gstreamer1.0-nice webrtc:gstreamer1.0-plugins-bad dtls:gstreamer1.0-plugins-bad vpx:gstreamer1.0-plugins-good opus:gstreamer1.0-plugins-base; do
    compgen -G "/usr/lib/*/gstreamer-1.0/libgst${plugin%%:*}.so" >/dev/null || missing+=("${plugin##*:}")
  done
}

need_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    echo "Missing: the .NET 10 SDK. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again." >&2
    exit 1
  fi
}

need_node() {
  need_command node nodejs
  need_command npm npm
  if command -v node >/dev/null 2>&1 && [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "Missing: Node.js 20 or newer (this machine has $(node -v)). Install it from https://nodejs.org and run this again." >&2
    exit 1
  fi
}

group_run() {
  need_dotnet
  need_node
  need_command ffmpeg ffmpeg
  need_command ffprobe ffmpeg
  need_command pdftoppm poppler-utils
  need_file /usr/share/poppler/cMap poppler-data
  compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null || missing+=(fonts-noto-cjk)
  need_file /etc/ssl/certs/ca-certificates.crt ca-certificates
  need_file /usr/share/zoneinfo/Asia/Shanghai tzdata
  compgen -G '/usr/lib/*/libssl.so.3' >/dev/null || missing+=(libssl3)
}

group_test() {
  group_run
  need_command chromium chromium
  need_command firefox-esr firefox-esr
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  need_command setpriv util-linux
  need_command Xvfb xvfb
  need_command pkill procps
  need_command ip iproute2
  need_command nft nftables
  need_command turnserver coturn
  need_command swift-proxy-server swift-proxy
  need_command swift-account-server swift-account
  need_command swift-container-server swift-container
  need_command swift-object-server swift-object
  need_python_gst
}

group_bench() {
  group_run
  need_command go golang-go
  need_command gcc gcc libc6-dev
  need_command python3 python3
  need_file /usr/share/gocode/src/github.com/pion/webrtc golang-github-pion-webrtc.v3-dev
  need_file /usr/share/gocode/src/github.com/gorilla/websocket golang-github-gorilla-websocket-dev
  need_file /usr/include/openssl/evp.h libssl-dev
  need_command taskset util-linux
}

install_missing() {
  local packages
  mapfile -t packages < <(printf '%s\n' "${missing[@]}" | sort -u)
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing: ${packages[*]} (names of Debian packages). Install them with this system's package manager and run this again." >&2
    exit 1
  fi

  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1 || ! sudo -n true 2>/dev/null; then
      echo "Missing: ${packages[*]}. Run this as root, then again:" >&2
      echo "  apt-get install --no-install-recommends ${packages[*]}" >&2
      exit 1
    fi
    sudo=(sudo)
  fi

  echo "Installing: ${packages[*]}"
  # Services that packages bring (PostgreSQL, Swift) are started by the tests themselves, on ports of their own.
  local log
  log=$(mktemp)
  if ! { "${sudo[@]}" apt-get update -q &&
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -20 "$log" >&2
    echo "apt-get could not install: ${packages[*]}" >&2
    exit 1
  fi
  rm -f "$log"
}

for group in "$@"; do
  case $group in
    run | test | bench) "group_$group" ;;
    *)
      echo "unknown group: $group (run, test, bench)" >&2
      exit 2
      ;;
  esac
done

[ ${#missing[@]} -eq 0 ] || install_missing
