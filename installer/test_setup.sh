#!/usr/bin/env bash
# Prove the setup program as far as wine can, for a user with a Chinese name: installed silently over an
# older build with a store full of matters, self-tested, used, moved to Linux and back, and removed; the
# data stay. Needs wine64, the mingw compiler and unzip. What it saw goes to build/installer-test.
#
# Wine has no real screen of Windows to show, and no Windows security: docs/installing.md says what is
# left to be looked at on a real PC. Its programs cannot write into a redirected file, only into pipes.
set -euo pipefail

repo=$(cd "$(dirname "$0")/.." && pwd)
work=$repo/build/wine
seen=$repo/build/installer-test/windows
user='信访办 张㛃'
cd "$repo"
report=()
note() { report+=("$(printf '%10s  %s' "$1" "$2")"); echo "   $1  $2"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
newest() { ls -t "$@" 2>/dev/null | head -n 1 | grep . || fail "missing: run make installer-windows ($*)"; }

setup=$(newest "$repo"/dist/xinfang-desktop-*-windows-x64-setup.exe)
archive=$(newest "$repo"/dist/xinfang-desktop-*-windows-x64.zip)
older=$(newest "$repo"/build/older/xinfang-desktop-*-windows-x64-setup.exe)
version_of() { basename "$1" | cut -d- -f3; }
version=$(version_of "$setup") before=$(version_of "$older")

rm -rf "$work" "$seen"
mkdir -p "$work" "$seen"
export WINEPREFIX=$work/prefix WINEDEBUG=-all USER=$user LC_ALL=C.UTF-8 HOME=$work/home
export XINFANG_PASSWORD='安装测试-1234'
mkdir -p "$HOME"
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
quit() { "$(dirname "$wine")/wineserver" -k 2>/dev/null || /usr/lib/wine/wineserver64 -k 2>/dev/null || true; }
trap quit EXIT
run() { timeout 600 "$wine" "$@" </dev/null 2> >(cat >>"$seen/errors.log") | cat; }
for_windows() { run winepath -w "$1" | tr -d '\r'; }
numbers() { grep -o '"number": "[^"]*"' | sort; }

echo "== a Windows for $user"
run wineboot -i >/dev/null
run reg add 'HKLM\Software\Microsoft\Windows NT\CurrentVersion' /v CurrentBuildNumber /d 19045 /f >/dev/null
run winecfg -v win10 >/dev/null
x86_64-w64-mingw32-gcc -shared -O2 -s -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
  "$repo/installer/nsis/stub_bcryptprimitives.c" -ladvapi32
home=$WINEPREFIX/drive_c/users/$user
local=$home/AppData/Local
[ -d "$local" ] || fail "no folder of the user: $(ls "$WINEPREFIX/drive_c/users")"
place=$local/Programs/xinfang
data=$local/xinfang
program() { run "$place/xinfang-cmd.exe" "$@"; }

echo "== an older build, with a store full of matters"
run "$older" /S /NODESKTOP || [ "${PIPESTATUS[0]}" -le 1 ] || fail "the older build"
[ "$(tr -d '\r\n' <"$place/current")" = "$before" ] || fail "the older build is not installed"
"$repo/.venv/bin/python" -m installer.older \
  "$place/$before/app/resources/samples/october-2026.json" "$home/登记.json"
program init >/dev/null || fail "init"
program register "C:\\users\\$user\\登记.json" >/dev/null || true # some are incomplete on purpose
program search --json | numbers >"$seen/before.txt"
note "$(wc -l <"$seen/before.txt")" "matters, by version $before"
[ "$(wc -l <"$seen/before.txt")" -gt 500 ] || fail "the store is not full"

echo "== the new build over it, silently"
begin=$SECONDS
run "$setup" /S || fail "setup, self-test: $(cat "$place/selftest.txt" 2>/dev/null)"
note "$((SECONDS - begin)) s" "to install, the self-test included"
cp "$place/selftest.txt" "$seen"
grep -q "全部正常" "$seen/selftest.txt" || { cat "$seen/selftest.txt"; fail "self-test"; }
cat "$seen/selftest.txt"; echo
[ "$(tr -d '\r\n' <"$place/current")" = "$version" ] || fail "the new version is not in use"
[ "$(tr -d '\r\n' <"$place/previous")" = "$before" ] || fail "the version before is not kept"
entries=$(find "$work" -name "*.lnk" | wc -l)
[ "$entries" = 4 ] || fail "$entries entries in menu and on the desktop, not 4"
program search --json | numbers | cmp - "$seen/before.txt" || fail "matters were lost in the upgrade"
note "$(wc -l <"$seen/before.txt")" "matters after the upgrade; kept: $(ls "$data/kept")"

echo "== the version before, once, and for as long as somebody went back"
program --previous search --json | numbers | cmp - "$seen/before.txt" ||
  fail "the old version does not read the upgraded data"
printf '%s %s\n' "$version" "$before" >"$data/program-in-use"
if program selftest >/dev/null; then fail "the old version was not started"; fi
mv "$place/$before/xinfang-cmd.exe" "$place/$before/away.exe"
program selftest >/dev/null || fail "a version that is gone is still started"
mv "$place/$before/away.exe" "$place/$before/xinfang-cmd.exe"
rm "$data/program-in-use"
note "fine" "back to $before and forward again"

echo "== a paper and a backup"
program print visit_registration --blank --to "C:\\users\\$user\\空白.pdf" >/dev/null || fail "print"
head -c 5 "$home/空白.pdf" | grep -q %PDF- || fail "no PDF"
program backup --portable --to "C:\\users\\$user" >"$seen/backup.txt" || fail "backup"
xinfang=$repo/.venv/bin/xinfang

echo "== the backup of this Windows, on this Linux, and back again"
backup=$(newest "$home"/*.xfbak)
there=$work/搬到Linux
"$xinfang" restore "$backup" --data "$there" >/dev/null || fail "restore on Linux"
"$xinfang" search --data "$there" --json | numbers | cmp - "$seen/before.txt" || fail "another content"
"$xinfang" backup --portable --data "$there" --to "$work" >/dev/null
moved="C:\\users\\$user\\搬回 (1)"
program restore "$(for_windows "$(newest "$work"/*.xfbak)")" --data "$moved" >/dev/null ||
  fail "restore on Windows"
program search --data "$moved" --json | numbers | cmp - "$seen/before.txt" || fail "another content"
note "fine" "from Windows to Linux and back, every number"

echo "== the folder that needs no installing"
mkdir -p "$work/软件 (1)"
unzip -q "$archive" -d "$work/软件 (1)"
run "$work/软件 (1)"/*/xinfang-cmd.exe selftest >"$seen/portable.txt" || fail "portable self-test"
note "fine" "portable, below a folder with Chinese and a blank in its name"

echo "== removed silently"
held=$(cd "$data" && find . -type f | sort | xargs -d '\n' sha256sum)
run "$place/uninstall.exe" /S || fail "uninstall"
for _ in $(seq 60); do [ -e "$place" ] || break; sleep 1; done
[ ! -e "$place" ] || fail "left behind: $(ls "$place")"
[ -z "$(find "$work" -name "*.lnk")" ] || fail "entries left behind"
[ "$held" = "$(cd "$data" && find . -type f | sort | xargs -d '\n' sha256sum)" ] || fail "the data changed"
note "fine" "removed, the data as they were"

printf '\nThe setup program passed, as far as wine shows:\n'
printf '%s\n' "${report[@]}"
