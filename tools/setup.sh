#!/usr/bin/env bash
# Make .venv ready to run, test and check the program, with the libraries it needs from the system.
# Safe to repeat: when all is there it takes a moment and uses no network.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$@"; }
fail() { printf '%s\n' "$@" >&2; exit 1; }

# The locked PySide6 is made for these versions; ctypes tells a whole Python from a minimal one.
supported() {
  "$1" -c 'import ctypes, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if supported "$name"; then echo "$name"; return; fi
  done
}

# The words that make a command run as root; fails where nobody here may.
as_root() {
  if [ "$(id -u)" = 0 ]; then echo env
  elif sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then echo sudo env
  else return 1
  fi
}

install_packages() {
  local apt
  command -v apt-get >/dev/null && apt=$(as_root) || return 1
  say "Installing system packages: $*" "正在安装系统软件包：$*"
  apt="$apt DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
  # A package list that is missing or out of date shows as a failure: renew it once.
  install() { $apt install --yes --no-install-recommends "$@" >/dev/null; }
  install "$@" 2>/dev/null || { $apt update >/dev/null && install "$@"; }
}

# need PACKAGES: install them, or say which are missing.
need() {
  # shellcheck disable=SC2086 # a list of package names
  install_packages $1 || fail \
    "These system packages are missing and could not be installed: $1" \
    "As root: apt-get update && apt-get install $1   (Debian's names; other systems have their own)" \
    "缺少下列系统软件包，且未能自动安装：$1" \
    "请用管理员账户执行：apt-get update && apt-get install $1 （Debian 的包名，其他系统略有不同），然后重试。"
}

# The packages without which $python can make no .venv, or Qt no window.
lacking() {
  {
    [ "$python" = .venv/bin/python ] || "$python" -c 'import ensurepip, venv' 2>/dev/null ||
      echo "$(basename "$python")-venv"
    "$python" tools/libraries.py
  } | xargs
}

# What .venv was made from: it moves when the lock, the metadata, Python or the folder does.
fingerprint() {
  .venv/bin/python - requirements/dev.txt pyproject.toml <<'PY'
import hashlib, sys
from pathlib import Path
parts = [sys.version, str(Path.cwd()), *(Path(name).read_text("utf-8") for name in sys.argv[1:])]
print(hashlib.sha256("\0".join(parts).encode()).hexdigest())
PY
}

python=.venv/bin/python
if ! supported $python || ! $python -c 'import pip' 2>/dev/null; then
  python=$(find_python)
  if [ -z "$python" ]; then
    need "python3 python3-venv"
    python=$(find_python)
  fi
  [ -n "$python" ] || fail \
    "Python 3.11, 3.12 or 3.13 is needed and was not found; name one: PYTHON=/path/to/python make ..." \
    "需要 Python 3.11、3.12 或 3.13，未找到；可指定解释器：PYTHON=路径 make ……"
fi

packages=$(lacking)
if [ -n "$packages" ]; then
  need "$packages"
  packages=$(lacking)
  [ -z "$packages" ] || fail "Installed, but not found: $packages" "已安装，但仍找不到：$packages"
fi

ready=.venv/.ready
if [ -e $ready ] && [ "$(cat $ready)" = "$(fingerprint)" ]; then exit 0; fi

[ "$python" = .venv/bin/python ] || "$python" -m venv --clear .venv
say "Setting up .venv; the first time this downloads about 170 MB." "正在准备运行环境，首次约需下载 170 MB。"
quiet=(); [ -t 1 ] || quiet=(--quiet)
pip() { .venv/bin/python -m pip install --disable-pip-version-check ${quiet[@]+"${quiet[@]}"} "$@"; }
pip --require-hashes -r requirements/dev.txt || fail \
  "The Python packages could not be downloaded: see above; try again when the network or pip's settings are right." \
  "Python 软件包下载未成功，原因见上；请检查网络或 pip 的设置后重试。"
pip --no-build-isolation --no-deps --editable .
fingerprint >$ready
