#!/usr/bin/env bash
# Prove the Debian package in a bare Debian 11 that has no Python: installed over an older build with a
# store full of matters, self-tested, started without and with a screen, and removed.
#
# Needs what installer/room.sh needs, and Xvfb and xdotool. Pictures go to build/installer-test.
#   INSTALLER_SUITE   another Debian (default: bullseye)
set -euo pipefail

repo=$(cd "$(dirname "$0")/.." && pwd)
room=${INSTALLER_TEST_ROOM:-$repo/build/test-room}
# shellcheck source=tools/rooms.sh
source "$repo/tools/rooms.sh"
namespace "$@"

suite=${INSTALLER_SUITE:-bullseye}
pictures=$repo/build/installer-test
display=:77
export PASSWORD='anzhuang-1234' # letters, because they are typed by xdotool
data=/home/clerk/.local/share/xinfang
cd "$repo"
report=()
note() { report+=("$(printf '%10s  %s' "$1" "$2")"); echo "   $1  $2"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
one() { [ -e "$1" ] || fail "missing: run make installer-linux ($1)"; echo "$1"; }

new=$(one "$(ls -t "$repo"/dist/xinfang-desktop_*_amd64.deb | head -n 1)")
archive=$(one "$(ls -t "$repo"/dist/xinfang-desktop-*-linux-x86_64.tar.xz | head -n 1)")
old=$(one "$(ls -t "$repo"/build/older/xinfang-desktop_*_amd64.deb | head -n 1)")
version_of() { dpkg-deb --field "$1" Version; }

leave() {
  [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
  for job in $(jobs -p); do kill "$job" 2>/dev/null || true; done
  let_go
  [ -n "${CLEAN_ROOM_KEEP:-}" ] || rm -rf --one-file-system "$room"
}
trap leave EXIT

# as_clerk COMMAND: in the room, as somebody without rights, who has no screen.
as_clerk() {
  inside "su clerk -s /bin/sh -c 'cd; export LANG=C.UTF-8 XINFANG_PASSWORD=$PASSWORD; $1'"
}
# close_program: end what runs in the room, which has no tool for that itself, and what we started here.
close_program() {
  local process job
  for process in /proc/[0-9]*; do
    if [ "$(readlink "$process/root")" = "$room" ] && [ "$(cat "$process/comm" 2>/dev/null)" = xinfang ]; then
      kill "${process#/proc/}" || true
    fi
  done
  for job in $(jobs -p); do
    [ "$job" = "${screen:-}" ] || kill "$job" 2>/dev/null || true
  done
  sleep 1
}
numbers() { as_clerk "xinfang search --json" | grep -o '"number": "[^"]*"' | sort; }
picture() {
  "$repo/.venv/bin/python" -c "import sys; from PIL import ImageGrab
ImageGrab.grab(xdisplay='$display').save(sys.argv[1])" "$pictures/$1.png"
}
# seen WIDTH: wait until a window of ours, so wide or wider, is on the screen, and give it.
seen() {
  local window
  for _ in $(seq 600); do
    for window in $(DISPLAY=$display xdotool search --onlyvisible --name 信访案头 2>/dev/null); do
      eval "$(DISPLAY=$display xdotool getwindowgeometry --shell "$window" 2>/dev/null || true)"
      [ "${WIDTH:-0}" -lt "$1" ] || { echo "$window"; return; }
    done
    sleep 0.02
  done
  picture missing
  fail "no window of $1 pixels: $pictures/missing.png"
}
# opening COMMAND...: how long it takes to its password dialog, the median of three warm starts.
opening() {
  local run begin
  for run in cold 1 2 3; do
    begin=$(date +%s%N)
    DISPLAY=$display "$@" >"$pictures/window.log" 2>&1 &
    seen 300 >/dev/null
    [ $run = cold ] || echo $((($(date +%s%N) - begin) / 1000000))
    close_program
  done | sort -n | sed -n 2p
}
rm -rf --one-file-system "$room" "$pictures"
mkdir -p "$pictures" "$room"
echo "== a bare Debian ($suite)"
bare_system "$suite" ca-certificates
hand_in
inside "apt-get update -qq && useradd -m clerk" >/dev/null
if inside "command -v python3"; then fail "the room has Python"; fi
note "$(inside "dpkg --get-selections | wc -l")" "packages before, none of them Python"
cp "$old" "$room/root/old.deb"
cp "$new" "$room/root/new.deb"

echo "== an older build, with a store full of matters"
install="apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0"
inside "$install ./old.deb" >"$pictures/old.log" 2>&1 || { cat "$pictures/old.log"; fail "older build"; }
note "$(inside "dpkg --get-selections | wc -l")" "packages with the program and what it depends on"
"$repo/.venv/bin/python" -m installer.older \
  "$room/opt/xinfang-desktop/$(version_of "$old")/_internal/resources/samples/october-2026.json" \
  "$room/home/clerk/matters.json"
as_clerk "xinfang init" >"$pictures/init.log"
as_clerk "xinfang register ~/matters.json" >/dev/null 2>&1 || true
numbers >"$pictures/before.txt"
note "$(wc -l <"$pictures/before.txt")" "matters, by version $(version_of "$old")"
[ "$(wc -l <"$pictures/before.txt")" -gt 500 ] || fail "the store is not full"

echo "== the new build over it"
begin=$SECONDS
inside "$install ./new.deb" >"$pictures/new.log" 2>&1 || { cat "$pictures/new.log"; fail "new build"; }
note "$((SECONDS - begin)) s" "to install, the self-test included"
grep -q "自检全部正常" "$pictures/new.log" || { cat "$room/opt/xinfang-desktop/selftest.txt"; fail "self-test"; }
[ "$(cat "$room/opt/xinfang-desktop/previous")" = "$(version_of "$old")" ] || fail "the old version is not kept"
as_clerk "xinfang selftest" >"$pictures/selftest.txt" || { cat "$pictures/selftest.txt"; fail "self-test as clerk"; }
numbers >"$pictures/after.txt"
cmp "$pictures/before.txt" "$pictures/after.txt" || fail "matters were lost in the upgrade"
kept=$(ls "$room$data/kept")
note "$(wc -l <"$pictures/after.txt")" "matters after the upgrade; kept: $kept"
note "$(du -sm "$room/opt/xinfang-desktop/$(version_of "$new")" | cut -f1) MB" "unpacked; asks for $(
  dpkg-deb --field "$new" Depends | grep -o 'libc6 ([^)]*)')"

echo "== the version before, once, and for as long as somebody went back"
as_clerk "/opt/xinfang-desktop/xinfang --previous search --json" | grep -o '"number": "[^"]*"' | sort |
  cmp - "$pictures/before.txt" || fail "the old version does not read the upgraded data"
as_clerk "echo $(version_of "$new") $(version_of "$old") >$data/program-in-use"
if as_clerk "xinfang selftest" >/dev/null 2>&1; then fail "the old version was not started"; fi
as_clerk ": >$data/program-in-use"

echo "== without a screen, and with one"
as_clerk "QT_QPA_PLATFORM=offscreen timeout 4 xinfang; test \$? = 124" || fail "offscreen"
Xvfb $display -screen 0 1366x768x24 -nolisten tcp -noreset >/dev/null 2>&1 &
screen=$!
sleep 1
cp -r "$room$data" "$room/root/data"
took=$(opening as_clerk "DISPLAY=$display exec xinfang")
note "${took:?} ms" "from su to the password dialog, warm, the median of three"
took=$(opening "$repo/.venv/bin/xinfang" --data "$room/root/data")
note "${took:?} ms" "the same from the source tree, without su"
as_clerk "DISPLAY=$display exec xinfang" >"$pictures/window.log" 2>&1 &
window=$(seen 300)
sleep 1
picture password
DISPLAY=$display xdotool windowfocus --sync "$window" type --delay 60 "$PASSWORD"
DISPLAY=$display xdotool key Return
window=$(seen 1000)
sleep 3
picture window
DISPLAY=$display xdotool windowfocus --sync "$window" key alt+3
sleep 3
picture ledger
DISPLAY=$display xdotool key ctrl+n
sleep 3
picture registration
note "fine" "the main window after the password, the ledger, a registration: $pictures"
close_program
grep -iE "could not|cannot|error" "$pictures/window.log" && fail "the window complained" || true

echo "== the folder that needs no installing"
as_clerk "mkdir -p \"软件 (1)/信访\""
xz -dc "$archive" | inside "tar -C '/home/clerk/软件 (1)/信访' -x"
inside "chown -R clerk /home/clerk"
as_clerk "软件\ \(1\)/信访/*/xinfang selftest" >/dev/null || fail "portable self-test"
note "fine" "portable, below a folder with Chinese and a blank in its name"

echo "== removed"
before=$(cd "$room$data" && find . -type f | sort | xargs sha256sum)
inside "apt-get purge -y -qq xinfang-desktop" >"$pictures/removed.log" 2>&1
for left in /opt/xinfang-desktop /usr/bin/xinfang /usr/share/applications/xinfang-desktop.desktop; do
  [ ! -e "$room$left" ] || fail "left behind: $left"
done
[ "$before" = "$(cd "$room$data" && find . -type f | sort | xargs sha256sum)" ] || fail "the data changed"
note "fine" "removed, the data as they were"

printf '\nThe package passed:\n'
printf '%s\n' "${report[@]}"
