# make brief   build the Lords briefing to out/
# make test    run every test, lint and type check
# make bench   time builds against docxtpl
# make pictures   draw every page of every example briefing to out/pictures/ (with LibreOffice and poppler)
# make lock    choose new versions within the ranges of pyproject.toml

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(BIN)/python install --quiet
BRIEF := lords-2022-12-08-childrens-social-care
SOURCES := pyproject.toml requirements.lock $(shell find src templates -type f -not -name '*.pyc')

.PHONY: brief test check types lint bench pictures lock clean

brief: $(VENV)/installed
	$(BIN)/despatch build $(BRIEF)

test: $(VENV)/tested-with
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadgroup
	$(BIN)/despatch check

bench: $(VENV)/timed-with
	$(BIN)/python -m tests.bench

pictures: $(VENV)/tested-with
	$(BIN)/python -m tests.pictures

lock: $(VENV)/timed-with
	$(PYTHON) -m pip --python $(BIN)/python list --format=freeze --exclude despatch > requirements.lock

clean:
	rm -rf $(VENV) out

$(BIN)/python:
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/installed: $(SOURCES) | $(BIN)/python
	$(PIP) --constraint requirements.lock .
	@touch $@

$(VENV)/tested-with: $(VENV)/installed
	$(PIP) --constraint requirements.lock '.[test]'
	@touch $@

$(VENV)/timed-with: $(VENV)/tested-with
	$(PIP) --constraint requirements.lock '.[test,bench]'
	@touch $@
