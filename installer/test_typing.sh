#!/usr/bin/env bash
# Prove that Chinese can be typed into the built Linux program: fcitx5 with its pinyin on a screen of
# our own, the name of the office typed on the first run. Needs fcitx5, fcitx5-pinyin, dbus-x11, Xvfb
# and xdotool; the program is the one that make installer-linux left. A picture goes to
# build/installer-test/typing.png, to be looked at: it shows 新房.
set -euo pipefail

repo=$(cd "$(dirname "$0")/.." && pwd)
program=$(ls -t "$repo"/build/linux/*/root/*/xinfang | head -n 1)
work=$(mktemp -d)
display=:78
pictures=$repo/build/installer-test
mkdir -p "$pictures" "$work/config/fcitx5"
cat >"$work/config/fcitx5/profile" <<'PROFILE'
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
PROFILE
Xvfb $display -screen 0 1366x768x24 -nolisten tcp -noreset >/dev/null 2>&1 &
screen=$!
trap 'kill $screen 2>/dev/null || true; rm -rf "$work"' EXIT
export DISPLAY=$display HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data LANG=C.UTF-8
unset QT_QPA_PLATFORM QT_IM_MODULE IBUS_USE_PORTAL
export XMODIFIERS=@im=fcitx
sleep 1
cat >"$work/session" <<SESSION
fcitx5 -d --replace >/dev/null 2>&1
sleep 3
"$program" >"$work/program.log" 2>&1 &
program=\$!
for _ in \$(seq 200); do
  window=\$(xdotool search --onlyvisible --name 信访案头 2>/dev/null | tail -n 1) && [ -n "\$window" ] && break
  sleep 0.1
done
xdotool windowfocus --sync "\$window"
sleep 2
xdotool key ctrl+a
xdotool key Delete
xdotool key ctrl+space
sleep 1
xdotool type --delay 120 xinfang
sleep 2
"$repo/.venv/bin/python" -c "from PIL import ImageGrab; ImageGrab.grab(xdisplay='$display').save('$pictures/typing-composing.png')"
xdotool key space
sleep 2
"$repo/.venv/bin/python" -c "from PIL import ImageGrab; ImageGrab.grab(xdisplay='$display').save('$pictures/typing.png')"
kill \$program
fcitx5-remote -e
SESSION
dbus-run-session -- bash "$work/session"
cat "$work/program.log"
echo "To be looked at: $pictures/typing.png"
