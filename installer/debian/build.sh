#!/bin/sh
# Run in the room (installer/room.sh): makes the program's folder from an exported checkout.
#   build.sh SOURCE WORK    both below /source; WORK gets `xinfang`, the folder, and the log
set -eu
source=/source/$1 work=/source/$2
rm -rf "$work"
mkdir -p "$work"
export PYTHONPATH=/source/build/tools PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1
python=/opt/python/bin/python3
cd "$source"
$python -m PyInstaller --noconfirm --log-level WARN --distpath "$work" --workpath "$work/parts" \
  installer/xinfang.spec >"$work/log" 2>&1 || { tail -n 40 "$work/log"; exit 1; }
if grep -q "ibrary not found" "$work/log"; then
  grep "ibrary not found" "$work/log"
  exit 1
fi
$python -c 'from xinfang_desktop.store.migrations import LATEST; print(LATEST)' \
  >"$work/xinfang/schema"
$python -m installer.notices "$work/parts" "$work/xinfang"
