# Everything a newcomer types. Each target sets up what it needs first; once set up, no network is used.
# The environment variable PYTHON picks another interpreter; ARGS is handed on to pytest and to the lock.

py := .venv/bin/python
pytest := LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen $(py) -m pytest
# What the installers are made of.
COMMIT ?= HEAD
# Empty where no window can be opened.
export XINFANG_WINDOW := $(if $(filter Linux,$(shell uname)),$(DISPLAY)$(WAYLAND_DISPLAY),yes)

.PHONY: help run test test-slow check format lock bench pictures clean-room setup \
	installer-linux installer-windows installer-test

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s%s\n", $$1, $$2 }' Makefile

run: setup ## open the window; without a display, make the sample office in demo/
ifneq ($(XINFANG_WINDOW),)
	@.venv/bin/xinfang
else
	@QT_QPA_PLATFORM=offscreen .venv/bin/xinfang demo --to demo
	@echo "No display here, so no window: the papers and the pictures of the window are in $(CURDIR)/demo"
	@echo "本机没有图形界面，未打开窗口：文书和窗口截图在 $(CURDIR)/demo"
endif

test: setup ## run the tests but the slow ones (ARGS='-k deadline' picks some)
	@$(pytest) -n 2 -m "not slow" $(ARGS)

test-slow: setup ## run the slow tests: through LibreOffice, a million rows, killed at any moment
	@$(pytest) -m slow $(ARGS)

check: setup ## formatting, lint, types, and the list of licences
	@$(py) -m tools.check

format: setup ## put the code into its form
	@$(py) -m ruff format .
	@$(py) -m ruff check --fix .

lock: setup ## renew requirements/*.txt from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(py) -m tools.lock $(ARGS)

bench: setup ## measure, and print the ratios
	@$(py) -m benchmarks $(ARGS)

pictures: setup ## draw the pictures of the manual anew
	@$(py) -m tools.pictures $(ARGS)

installer-linux: setup ## make the .deb and the portable .tar.xz of COMMIT, the last (as root)
	@bash installer/need.sh debootstrap
	@$(py) -m installer linux --commit $(COMMIT)

installer-windows: setup ## make the setup program for Windows and its zip, on Linux
	@bash installer/need.sh nsis osslsigncode gcc-mingw-w64-x86-64
	@$(py) -m installer windows --commit $(COMMIT)

installer-test: setup ## make what dist/ lacks of COMMIT, then prove it: bare Debian 11, wine, built alike (as root)
	@bash installer/need.sh debootstrap xvfb xdotool nsis osslsigncode gcc-mingw-w64-x86-64 wine64 unzip
	@$(py) -m installer.older
	@$(py) -m installer linux --commit $(COMMIT) --unless-made
	@$(py) -m installer windows --commit $(COMMIT) --unless-made
	@bash installer/test_deb.sh
	@bash installer/test_setup.sh
	@$(py) -m installer linux --again
	@$(py) -m installer windows --again

clean-room: ## prove run and test on a bare Debian 12 (as root, with debootstrap)
	@bash tools/clean_room.sh

setup: ## make .venv ready, with what it needs from the system
	@bash tools/setup.sh
