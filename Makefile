# Two commands: `make run` serves the app, `make test` runs every test. Each sets up what it needs, once.
# While working: `make quick` runs the tests that need no browser, `make check` reads the code.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# A process for each core, each takes whole files of tests; those in the browser come first, as they take longest.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: run test quick check pretrained clean

run: .venv/installed
	$(BIN)/streamlit run app.py

test: .venv/installed-dev .venv/browser
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

quick: .venv/installed-dev
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --ignore tests/browser

check: .venv/installed-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	@command -v npx >/dev/null || { echo "The JavaScript is not checked: that needs Node.js 20 or later, from \
	https://nodejs.org or your system's packages, and only for development. All else is fine."; exit 1; }
	npx --yes @biomejs/biome@2.6.8 check

pretrained: .venv/installed
	$(BIN)/python -m mnist_core train --learning-rate 0.2 --steps 20000 --save mnist_core/data/pretrained.npz
	$(BIN)/python -m mnist_core train --model mlp --steps 10000 --save mnist_core/data/pretrained_mlp.npz

clean:
	rm -rf .venv

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "MNIST Lab needs Python 3.11, 3.12 or 3.13, and finds none. \
	Install one from https://www.python.org/downloads/, or name it: make run PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module. \
	On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --compile -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --compile -r requirements-dev.txt
	@touch $@

.venv/browser: tests/browser/chromium.py .venv/installed-dev
	$(BIN)/python -m tests.browser.chromium
	@touch $@
