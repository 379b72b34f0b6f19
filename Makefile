# One environment in .venv, made from constraints.txt; needs Python 3.11 and git.
#   make demo   the main job on samples/          make test   the tests
#   make lint   style, types, layers, spelling    make bench  the figures in benchmarks/results
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
TYPED := $(wildcard transcheck training benchmarks tools)
# The public benchmarks stay outside the project; see benchmarks/README.md.
EVAL ?= ../shared/data/eval

# Small products by two threads are hundreds of times slower where other processes want the cores too.
export OPENBLAS_NUM_THREADS ?= 1

.DEFAULT_GOAL := demo
.PHONY: demo test lint bench format golden docs picture constraints clean

# What a user installs: no torch.
$(VENV)/.base: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT=constraints.txt $(PIP) --editable .
	$(BIN)/python -m compileall -q transcheck
	touch $@

# What the tests, the linters and the training need besides.
$(VENV)/.dev: $(VENV)/.base
	PIP_CONSTRAINT=constraints.txt $(PIP) --editable '.[sentence-transformers,lsp,test,lint,bench]' torch==2.13.0
	touch $@

demo: $(VENV)/.base
	@$(BIN)/transcheck compare --fail-on never samples/quote/pilot.ru.txt samples/quote/pilot.uk.txt samples/quote/pilot.en.txt

test: $(VENV)/.dev
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(TYPED)
	$(BIN)/lint-imports
	$(BIN)/codespell

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks --data $(EVAL)
	$(BIN)/python -m benchmarks.encoders --data $(EVAL)

format: $(VENV)/.dev
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

# Write the golden files, the README, its picture and docs/ anew, outputs of examples included; read the diff before you commit it.
golden: $(VENV)/.dev docs
	$(BIN)/python -m pytest tests/golden tests/docs/test_pages.py --update-golden

# Write what docs/ takes from the program anew, and build the site into site/; no network is needed.
docs: $(VENV)/.dev
	$(BIN)/python -m tools.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

# The picture in the README.
picture: $(VENV)/.base
	$(BIN)/transcheck compare --fail-on never --format svg --output docs/compare.svg \
		samples/quote/pilot.ru.txt samples/quote/pilot.uk.txt samples/quote/pilot.en.txt

# Pin what .venv holds now.
constraints: $(VENV)/.dev
	{ echo '# Every version that make installs. The command that made it: make constraints'; \
	  $(BIN)/python -m pip --disable-pip-version-check freeze --exclude-editable --all \
	    | sed 's/+cpu$$//' | grep -v '^pip=='; } > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf $(VENV) build dist site *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
