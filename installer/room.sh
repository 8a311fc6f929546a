#!/usr/bin/env bash
# The room that the Linux program is built in: Debian 11, whose glibc is 2.31, with CPython of today.
#
#   installer/room.sh            make the room, if it is not there; some minutes, 1 GB
#   installer/room.sh COMMAND    run a command in it, with this checkout at /source and no network
#
# Debian 11 has no Python that the program runs on, so Debian 12's is built there from its source
# package, with everything that Debian mended in it. From the environment, besides what
# tools/rooms.sh knows:
#   INSTALLER_ROOM   where the room is (default: build/room)
set -euo pipefail

repo=$(cd "$(dirname "$0")/.." && pwd)
room=${INSTALLER_ROOM:-$repo/build/room}
home=/source
# shellcheck source=tools/rooms.sh
source "$repo/tools/rooms.sh"
namespace "$@"

RECIPE=1 # another number makes the room anew
TOOLS=build-essential,dpkg-dev,ca-certificates,xz-utils,zlib1g-dev,libbz2-dev,liblzma-dev,libffi-dev,libssl-dev,libexpat1-dev,uuid-dev,binutils
# All that Qt loads in a window; PyInstaller only warns about one that is missing.
QT=(libglib2.0-0 libgl1 libegl1 libfontconfig1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0
  libxcb1 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
  libxcb-render0 libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0
  libxcb-xkb1 libxcb-util1 libxcb-glx0 libwayland-client0 libwayland-cursor0 libwayland-egl1 libcups2)

# What the interpreter is tuned by.
TASKS="test_json test_re test_struct test_collections test_itertools test_unicode test_datetime"

make_room() {
  rm -rf --one-file-system "$room"
  mkdir -p "$room"
  bare_system bullseye "$TOOLS"
  hand_in
  mkdir -p "$room$home"
  sed 's/^deb \(\S*\) bullseye .*/deb-src \1 bookworm main/' "$room/etc/apt/sources.list" \
    >"$room/etc/apt/sources.list.d/source.list"
  inside "apt-get update -qq"
  inside "apt-get install -qq -y --no-install-recommends ${QT[*]}" >"$room/root/apt.log"
  inside "cd /root && apt-get source -qq python3.11" >"$room/root/source.log" 2>&1
  # Debian's own fix of pyexpat needs this define, and its rules build it so.
  inside "cd /root/python3.11-3.11.*/ && \
      echo 'pyexpat -DPy_BUILD_CORE_BUILTIN pyexpat.c -lexpat' >>Modules/Setup.local && ./configure -q \
      --prefix=/opt/python --enable-shared --with-system-expat --enable-optimizations LDFLAGS=-Wl,-rpath,/opt/python/lib >/dev/null && \
      make -s -j2 PROFILE_TASK='-m test --pgo $TASKS' && make -s install ENSUREPIP=no" \
    >"$room/root/python.log" 2>&1 || { tail -n 30 "$room/root/python.log"; return 1; }
  rm -rf "$room"/root/python3.11*
  echo "$RECIPE" >"$room/.ready"
}

trap 'let_go "$home"' EXIT
if [ "$(cat "$room/.ready" 2>/dev/null)" = "$RECIPE" ]; then hand_in; else make_room; fi
[ $# -gt 0 ] || exit 0
show "$repo" "$home" rw
cut=(unshare --net)
inside "$*"
