# Two commands do everything: `make run` and `make test`. Both install what they need.

DATA ?= .quizlib
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
RUN := .venv-run
DEV := .venv
export HOST PORT

.DEFAULT_GOAL := help
.PHONY: help run test check bench faults hosts crowd format translations migration wheel clean .chromium

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(RUN)/ready  ## a demo contest one can sit at once (HOST, PORT, QUIZLIB_DATA)
	@QUIZLIB_DATA="$${QUIZLIB_DATA:-$(DATA)}" $(RUN)/bin/quizlib serve --demo

test: $(DEV)/ready .chromium  ## every test: core, web, both databases, a real browser
	@$(DEV)/bin/python -m pytest tests -n auto --dist loadfile

check: $(DEV)/ready  ## format, lint, types and the banks
	@$(DEV)/bin/ruff format --check .
	@$(DEV)/bin/ruff check .
	@$(DEV)/bin/mypy
	@$(DEV)/bin/quizlib check --strict --lang en

faults: $(DEV)/ready  ## kill, cut, delay and repeat while people answer; FAULTS=--quick for a minute
	@$(DEV)/bin/python -m benchmarks.faults $(FAULTS)

hosts: $(DEV)/ready  ## kill one of two hosts while 500 people answer
	@$(DEV)/bin/python -m benchmarks.hosts

bench: $(DEV)/ready  ## measure saving, starting, submitting against the floor; BENCH=--quick for a minute
	@$(DEV)/bin/python -m benchmarks.answers $(BENCH)

.PHONY: bench-stats
bench-stats: $(DEV)/ready  ## measure the statistics of a large round, beside other packages
	@$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --group oracles
	@$(DEV)/bin/python -m pytest -q benchmarks/test_packages.py
	@OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(DEV)/bin/python -m benchmarks.statistics

crowd: $(DEV)/ready  ## 5,000 start within a minute, then save for ten; CROWD="--people 500 --minutes 1"
	@$(DEV)/bin/python -m benchmarks.crowd $(CROWD)

format: $(DEV)/ready  ## format the code
	@$(DEV)/bin/ruff format .
	@$(DEV)/bin/ruff check --fix .

translations: $(DEV)/ready  ## renew the English catalogue from the sources, then compile it
	@$(DEV)/bin/pybabel -q extract -F quizlib/web/translations/babel.cfg -k _ -k lazy_gettext -k ngettext:1,2 \
	  --no-location --omit-header -o messages.pot quizlib/web
	@$(DEV)/bin/pybabel -q update -i messages.pot -d quizlib/web/translations -l en -N --ignore-obsolete \
	  --ignore-pot-creation-date --no-wrap
	@rm messages.pot
	@$(DEV)/bin/pybabel -q compile -d quizlib/web/translations -l en

migration: $(DEV)/ready  ## a new migration from the tables: make migration m="what changes"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add a column"'; exit 1; }
	@QUIZLIB_DATA=$(DATA) $(DEV)/bin/flask --app quizlib.web:create_app db upgrade
	@QUIZLIB_DATA=$(DATA) $(DEV)/bin/flask --app quizlib.web:create_app db migrate -m "$(m)"

wheel: $(DEV)/ready  ## build the wheel into dist/
	@$(DEV)/bin/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:  ## remove environments, builds and the demo's data
	@rm -rf $(RUN) $(DEV) build dist $(DATA) .chromium

$(RUN)/ready: pyproject.toml
	@echo "Installing (once) ..."
	@$(PYTHON) -m venv $(RUN)
	@$(RUN)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[web,certificates]'
	@touch $@

$(DEV)/ready: pyproject.toml
	@echo "Installing (once) ..."
	@$(PYTHON) -m venv $(DEV)
	@$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[web,certificates]' --group dev
	@touch $@

# A browser by CHROMIUM or PATH; as root on Debian it is installed, elsewhere the command to type is told.
.chromium:
	@if [ -n "$$CHROMIUM" ] || command -v chromium chromium-browser google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else echo "Chromium is missing. Type: sudo apt-get install chromium   (or set CHROMIUM=/path/to/it)"; exit 1; fi
