#!/usr/bin/env bash
# Prove on a bare Debian 12 that a fresh clone needs nothing but its two commands.
#
# Makes a system with Python 3.11 and make and nothing more, clones the last commit into it, and runs
# there, without a display: .ci/run, make run, and both commands again with the network cut off.
#
# Needs root and debootstrap. From the environment, besides what tools/rooms.sh knows:
#   CLEAN_ROOM_DIR     where the system is made (default: under /tmp); 2.5 GB
#   CLEAN_ROOM_KEEP    if set, the system is left to be looked at
set -euo pipefail

repo=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tools/rooms.sh
source "$repo/tools/rooms.sh"
namespace "$@"
room=$(mktemp -d "${CLEAN_ROOM_DIR:-${TMPDIR:-/tmp}}/clean-room.XXXXXX")
chmod 755 "$room"
home=/root/xinfang-desktop
report=()
note() { report+=("$(printf '%7s  %s' "$1" "$2")"); }

leave() {
  let_go
  if [ -n "${CLEAN_ROOM_KEEP:-}" ]; then echo "Kept: $room"; else rm -rf --one-file-system "$room"; fi
}
trap leave EXIT

# timed NAME COMMAND: run it, and note how long it took.
timed() {
  local name=$1 begin=$SECONDS
  shift
  echo "== $name"
  "$@" </dev/null
  note "$((SECONDS - begin)) s" "$name"
}

system_packages() { inside "dpkg --get-selections | wc -l"; }

papers() {
  local kind count
  for kind in pdf docx xlsx png; do
    count=$(find "$room$home/demo" -name "*.$kind" -size +0 | wc -l)
    note "$count" "$kind files in demo/"
    [ "$count" -gt 0 ] || { echo "demo/ holds no $kind" >&2; return 1; }
  done
}

timed "a bare Debian 12" bare_system bookworm make,ca-certificates,python3
hand_in
git clone --quiet --no-hardlinks "$repo" "$room$home"
note "$(system_packages)" "system packages before"
timed ".ci/run, from nothing" inside .ci/run
note "$(system_packages)" "system packages after"
timed "make run" inside "make run"
papers
cut=(unshare --net)
timed "make test, no network" inside "make test"
timed "make run, no network" inside "make run"
papers

printf '\nThe clean room passed, at %s:\n' "$(git -C "$repo" rev-parse --short HEAD)"
printf '%s\n' "${report[@]}"
