# Two commands: `make demo` and `make test`. Everything they need is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= ../shared/sea
JOBS ?= 2

.PHONY: demo test check verify bench peers format atlas atlas-tools clean
.DEFAULT_GOAL := demo

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Varne needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: .venv/installed ## the unions' own case: 80 people off Gravelines at night, every response compared
	$(BIN)/varne assess examples/gravelines.toml --reference escort --out demo

test: .venv/installed ## all fast tests, with the examples in the docstrings
	$(BIN)/pytest -n $(JOBS)

check: .venv/installed ## format, lint, strict types, architecture
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest tests/test_architecture.py

verify: .venv/installed ## minutes: twins of the kernels, replays, variance, closed forms
	$(BIN)/pytest verification -n $(JOBS)

bench: .venv/installed ## speed, as ratios in one run; rewrites the table in the README
	$(BIN)/python -m benchmarks.run

peers: .venv/installed ## Mesa and Starsim, which `make bench` then measures too
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[peers]'

format: .venv/installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

atlas: atlas-tools ## build the embedded sea again from the raw data sets in DATA
	$(BIN)/python -m varne.atlas.build $(DATA)

atlas-tools: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[atlas]'

clean:
	rm -rf .venv build dist demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .cache
