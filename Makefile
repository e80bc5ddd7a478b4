# make demo and make test are the only two commands a fresh machine needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test install lint types model benchmark generalisation published speed notebooks docs clean

demo: $(VENV)/.package
	$(BIN)/python -m scamclassify.demo

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

install: $(VENV)/.everything

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.package: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@ $(VENV)/.package

$(VENV)/.everything: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,benchmark]'
	touch $@ $(VENV)/.test $(VENV)/.package

$(VENV)/.docs: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	touch $@ $(VENV)/.package

# Rebuilds models/default/model.scam bit for bit from the data revision that its card names.
model: $(VENV)/.package
	$(BIN)/python models/default/build.py

# All models on all tasks of the suite, only what is missing; its tables and plots.
benchmark: $(VENV)/.everything
	$(BIN)/python benchmarks/suite.py --jobs 2

# Our model and the reference, trained on up to 8,000 messages a source.
generalisation: $(VENV)/.everything
	$(BIN)/python benchmarks/generalisation.py

# What papers report beside our figures, under their protocol and without leakage.
published: $(VENV)/.everything
	$(BIN)/python benchmarks/published.py

speed: $(VENV)/.everything
	$(BIN)/python benchmarks/speed.py

# The documentation, with warnings as errors, in build/docs.
docs: $(VENV)/.docs
	$(BIN)/python docs/build_cli.py --check
	$(BIN)/python -m sphinx -b html -W --keep-going -q docs build/docs

# Executes every notebook in full and saves it with its outputs.
notebooks: $(VENV)/.test
	$(BIN)/python notebooks/run.py

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache
