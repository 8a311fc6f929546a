#!/usr/bin/env bash
# Prove the setup program as far as wine can: installed silently for a user with a Chinese name, self-
# tested, put over an older version, and removed; the data stay. Needs wine64 and the mingw compiler.
#
# Wine has no real screen of Windows to show, and no Windows security: docs/installing.md says what is
# left to be looked at on a real PC.
set -euo pipefail

repo=$(cd "$(dirname "$0")/.." && pwd)
work=$repo/build/wine
user='信访办 张㛃'
fail() { echo "FAILED: $*" >&2; exit 1; }
setup=$(ls -t "$repo"/dist/xinfang-desktop-*-windows-x64-setup.exe | head -n 1)
archive=$(ls -t "$repo"/dist/xinfang-desktop-*-windows-x64.zip | head -n 1)
version=$(basename "$setup" | cut -d- -f3)

rm -rf "$work"
mkdir -p "$work"
export WINEPREFIX=$work/prefix WINEDEBUG=-all USER=$user LC_ALL=C.UTF-8 HOME=$work/home
export XINFANG_PASSWORD='安装测试-1234'
mkdir -p "$HOME"
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
quit() { "$(dirname "$wine")/wineserver" -k 2>/dev/null || /usr/lib/wine/wineserver64 -k 2>/dev/null || true; }
trap quit EXIT

echo "== a Windows for $user"
"$wine" wineboot -i >/dev/null 2>&1
"$wine" reg add 'HKLM\Software\Microsoft\Windows NT\CurrentVersion' /v CurrentBuildNumber /d 19045 /f >/dev/null 2>&1
"$wine" winecfg -v win10 >/dev/null 2>&1
x86_64-w64-mingw32-gcc -shared -O2 -s -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
  "$repo/installer/nsis/stub_bcryptprimitives.c" -ladvapi32
local=$WINEPREFIX/drive_c/users/$user/AppData/Local
[ -d "$local" ] || fail "no folder of the user: $(ls "$WINEPREFIX/drive_c/users")"
place=$local/Programs/xinfang
command=(timeout 180 "$wine" "$place/xinfang-cmd.exe")

echo "== installed silently"
begin=$SECONDS
timeout 600 "$wine" "$setup" /S || fail "setup ended with $?: $(cat "$place/selftest.txt" 2>/dev/null)"
for _ in $(seq 60); do [ -e "$place/uninstall.exe" ] && [ -e "$place/selftest.txt" ] && break; sleep 2; done
echo "   $((SECONDS - begin)) s, the self-test included"
grep -q "全部正常" "$place/selftest.txt" || { cat "$place/selftest.txt"; fail "self-test"; }
cat "$place/selftest.txt"
find "$WINEPREFIX" -name '*.lnk' | sed "s|$WINEPREFIX/||"

echo "== used, in a folder with blanks"
data="C:\\users\\$user\\数据 (1)"
"${command[@]}" init --data "$data" >/dev/null || fail init
"${command[@]}" register --data "$data" "$(
  "$wine" winepath -w "$place/$version/app/resources/samples/october-2026.json" 2>/dev/null | tr -d '\r')" \
  >/dev/null 2>&1 || true
count=$("${command[@]}" search --data "$data" --json 2>/dev/null | grep -c '"number"')
[ "$count" -ge 20 ] || fail "$count matters"
"${command[@]}" print visit_registration --blank --data "$data" --to "C:\\users\\$user\\空白.pdf"
"${command[@]}" backup --portable --data "$data" --to "C:\\users\\$user" >"$work/backup.txt" 2>/dev/null
echo "   $count matters, a paper and a backup"

echo "== the backup of this Windows, on this Linux"
backup=$(find "$WINEPREFIX/drive_c/users/$user" -maxdepth 1 -name '*.xfbak')
there=$work/搬到Linux
"$repo/.venv/bin/xinfang" restore "$backup" --data "$there" || fail "restore on Linux"
[ "$("$repo/.venv/bin/xinfang" search --data "$there" --json | grep -c '"number"')" = "$count" ] ||
  fail "the backup holds other matters"
"$repo/.venv/bin/xinfang" backup --portable --data "$there" --to "$work" >/dev/null
back=$(find "$work" -maxdepth 1 -name '*.xfbak')
echo "== and back again"
"${command[@]}" restore "$("$wine" winepath -w "$back" 2>/dev/null | tr -d '\r')" \
  --data "C:\\users\\$user\\搬回 Windows" >/dev/null || fail "restore on Windows"

echo "== over an older version, and back to it"
mv "$place/$version" "$place/0.0.9"
printf '0.0.9\n' >"$place/current"
timeout 600 "$wine" "$setup" /S /NODESKTOP || fail "setup over an older version: $?"
[ "$(tr -d '\r\n' <"$place/previous")" = 0.0.9 ] || fail "the version before is not kept"
printf '%s 0.0.9\n' "$version" >"$local/xinfang/program-in-use" 2>/dev/null ||
  { mkdir -p "$local/xinfang"; printf '%s 0.0.9\n' "$version" >"$local/xinfang/program-in-use"; }
mv "$place/0.0.9/xinfang-cmd.exe" "$place/0.0.9/away.exe"
"${command[@]}" --version || fail "a version that is gone is still started"
mv "$place/0.0.9/away.exe" "$place/0.0.9/xinfang-cmd.exe"
"${command[@]}" --previous --version || fail "the version before does not start"

echo "== the folder that needs no installing"
mkdir -p "$work/软件 (1)"
(cd "$work/软件 (1)" && unzip -q "$archive")
timeout 180 "$wine" "$work/软件 (1)"/*/xinfang-cmd.exe selftest | tail -n 1

echo "== removed silently"
timeout 300 "$wine" "$place/uninstall.exe" /S || fail "uninstall"
for _ in $(seq 60); do [ -e "$place/uninstall.exe" ] || break; sleep 1; done
[ ! -e "$place" ] || fail "left behind: $(ls "$place")"
[ -e "$WINEPREFIX/drive_c/users/$user/数据 (1)/xinfang.db" ] || fail "the data are gone"
echo "The setup program passed, as far as wine shows."
