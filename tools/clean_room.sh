#!/usr/bin/env bash
# Prove on a bare Debian 12 that a fresh clone needs nothing but its two commands.
#
# Makes a system with Python 3.11 and make and nothing more, clones the last commit into it, and runs
# there, without a display: .ci/run, make run, and both commands again with the network cut off.
#
# Needs root and debootstrap. apt's proxy, pip's settings and the certificates of this machine are
# handed in. From the environment:
#   CLEAN_ROOM_DIR     where the system is made (default: under /tmp); 2.5 GB
#   CLEAN_ROOM_MIRROR  the Debian mirror (default: debootstrap's own)
#   CLEAN_ROOM_BINDS   folders of this machine to show inside, read only, a colon between them
#   CLEAN_ROOM_KEEP    if set, the system is left to be looked at
set -euo pipefail

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
  echo "Needs root and debootstrap (apt-get install debootstrap)." >&2
  exit 1
fi
# In a mount namespace of its own, nothing that is mounted below can be left behind.
[ -n "${CLEAN_ROOM_INSIDE:-}" ] || exec env CLEAN_ROOM_INSIDE=1 unshare --mount "$0"

repo=$(cd "$(dirname "$0")/.." && pwd)
room=$(mktemp -d "${CLEAN_ROOM_DIR:-${TMPDIR:-/tmp}}/clean-room.XXXXXX")
chmod 755 "$room"
home=/root/xinfang-desktop
report=()
note() { report+=("$(printf '%7s  %s' "$1" "$2")"); }

leave() {
  for folder in dev proc sys; do umount --recursive --lazy "$room/$folder" 2>/dev/null || true; done
  for bind in "${binds[@]}"; do umount --lazy "$room$bind" 2>/dev/null || true; done
  if [ -n "${CLEAN_ROOM_KEEP:-}" ]; then echo "Kept: $room"; else rm -rf --one-file-system "$room"; fi
}
IFS=: read -r -a binds <<<"${CLEAN_ROOM_BINDS:-}"
trap leave EXIT

# timed NAME COMMAND: run it, and note how long it took.
timed() {
  local name=$1 begin=$SECONDS
  shift
  echo "== $name"
  "$@" </dev/null
  note "$((SECONDS - begin)) s" "$name"
}

bare_system() {
  # shellcheck disable=SC2086 # without a mirror, no argument
  debootstrap --variant=minbase --include=make,ca-certificates,python3 bookworm "$room" \
    ${CLEAN_ROOM_MIRROR:-} >"$room.log" 2>&1 || { tail -n 20 "$room.log"; return 1; }
  rm "$room.log"
}

# What this machine needs to reach its package sources.
hand_in() {
  cp --dereference /etc/resolv.conf /etc/hosts "$room/etc/"
  cp --dereference /etc/ssl/certs/ca-certificates.crt "$room/etc/ssl/certs/"
  apt-config dump | grep -E '^Acquire::(http|https|Check)' >"$room/etc/apt/apt.conf.d/90host" || true
  mkdir -p "$room/root/.config/pip"
  [ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$room/etc/"
  for settings in "${PIP_CONFIG_FILE:-}" ~/.config/pip/pip.conf ~/.pip/pip.conf; do
    [ ! -f "$settings" ] || cp "$settings" "$room/root/.config/pip/pip.conf"
  done
  mount -t proc proc "$room/proc"
  mount --rbind /dev "$room/dev"
  for bind in "${binds[@]}"; do
    mkdir -p "$room$bind"
    mount --bind "$bind" "$room$bind"
    mount -o remount,bind,ro "$room$bind"
  done
}

inside() {
  local kept
  mapfile -t kept < <(env | grep -iE '^(PIP_[A-Z_]+|[a-z]+_proxy|SSL_CERT_FILE|REQUESTS_CA_BUNDLE)=' |
    grep -v '^PIP_CONFIG_FILE=')
  env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin CI=true "${kept[@]}" "${cut[@]}" \
    chroot "$room" sh -c "cd $home && $1"
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

cut=()
timed "a bare Debian 12" bare_system
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
