# make run: set up and open the dashboard; make test: set up and pass the tests.
PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt

.PHONY: run test check clean

run: .venv/run
	$(BIN)/streamlit run app.py

test: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/threats check
	$(BIN)/pytest

check: .venv/run
	$(BIN)/threats check

.venv/run: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable .
	touch $@

.venv/test: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) --editable ".[test]"
	touch $@

clean:
	rm -rf .venv
