# Systems of our own, made by debootstrap and entered by chroot: sourced, never run.
#
# Whoever sources it sets `room`, the folder of the system, and calls `namespace "$@"` first. Needs
# root and debootstrap. apt's proxy, pip's settings and the certificates of this machine are handed
# in. From the environment:
#   CLEAN_ROOM_MIRROR  the Debian mirror (default: debootstrap's own)
#   CLEAN_ROOM_BINDS   folders of this machine to show inside, read only, a colon between them
# shellcheck shell=bash

IFS=: read -r -a binds <<<"${CLEAN_ROOM_BINDS:-}"
cut=()
: "${home:=/root}"

# In a mount namespace of its own, nothing that is mounted below can be left behind.
namespace() {
  if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
    echo "Needs root and debootstrap (apt-get install debootstrap)." >&2
    exit 1
  fi
  [ -n "${CLEAN_ROOM_INSIDE:-}" ] || exec env CLEAN_ROOM_INSIDE=1 unshare --mount "$0" "$@"
}

# bare_system SUITE PACKAGES: the smallest Debian, and these packages (a comma between them).
bare_system() {
  # shellcheck disable=SC2086 # without a mirror, no argument
  debootstrap --variant=minbase ${2:+--include="$2"} "$1" "$room" \
    ${CLEAN_ROOM_MIRROR:-} >"$room.log" 2>&1 || { tail -n 20 "$room.log"; return 1; }
  rm "$room.log"
}

# What this machine needs to reach its package sources.
hand_in() {
  cp --dereference /etc/resolv.conf /etc/hosts "$room/etc/"
  mkdir -p "$room/etc/ssl/certs" "$room/root/.config/pip"
  cp --dereference /etc/ssl/certs/ca-certificates.crt "$room/etc/ssl/certs/"
  apt-config dump | grep -E '^Acquire::(http|https|Check)' >"$room/etc/apt/apt.conf.d/90host" || true
  [ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$room/etc/"
  for settings in "${PIP_CONFIG_FILE:-}" ~/.config/pip/pip.conf ~/.pip/pip.conf; do
    [ ! -f "$settings" ] || cp "$settings" "$room/root/.config/pip/pip.conf"
  done
  mount -t proc proc "$room/proc"
  mount --rbind /dev "$room/dev"
  for bind in "${binds[@]}"; do show "$bind" "$bind" ro; done
}

# show FOLDER PLACE ro|rw: a folder of this machine, at a place inside.
show() {
  mkdir -p "$room$2"
  mount --bind "$1" "$room$2"
  [ "$3" = rw ] || mount -o remount,bind,ro "$room$2"
}

inside() {
  local kept
  mapfile -t kept < <(env | grep -iE '^(PIP_[A-Z_]+|[a-z]+_proxy|SSL_CERT_FILE|REQUESTS_CA_BUNDLE)=' |
    grep -v '^PIP_CONFIG_FILE=')
  env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin CI=true "${kept[@]}" "${cut[@]}" \
    chroot "$room" sh -c "cd $home && $1"
}

# Let go of everything that was mounted inside.
let_go() {
  for folder in dev proc sys; do umount --recursive --lazy "$room/$folder" 2>/dev/null || true; done
  for bind in "${binds[@]}" "$@"; do umount --lazy "$room$bind" 2>/dev/null || true; done
}
