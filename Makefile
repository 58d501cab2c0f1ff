# Everything one does with the project. `make` alone lists it.
# Only scripts below bin/ know more than one line about how; they are plain POSIX shell.

PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

.PHONY: help run dev test lint fmt bench soak audit sbom lock messages pictures clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1 - \2/p' Makefile
	@echo "PORT=8001 changes the port of run and dev, PYTHON=python3.12 the Python of .venv."

run: ## install, load the demo newsroom once, serve it on 127.0.0.1:8000
	@exec env PORT="$(PORT)" PYTHON="$(PYTHON)" bin/serve

dev: ## the same with debug pages and reload, for work on the code
	@exec env PORT="$(PORT)" PYTHON="$(PYTHON)" bin/serve --dev

test: ## the suite with a real browser, on SQLite and on PostgreSQL; ARGS="-k feed" a part
	@PYTHON="$(PYTHON)" bin/test $(ARGS)

lint: ## look for mistakes: ruff, djade, mypy
	@PYTHON="$(PYTHON)" bin/bootstrap --dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	@$(BIN)/mypy

fmt: ## put code and templates into the house style
	@PYTHON="$(PYTHON)" bin/bootstrap --dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

bench: ## what things cost, as ratios taken in one run
	@PYTHON="$(PYTHON)" bin/bootstrap --dev
	@bin/bench

soak: ## the long tests that `make test` leaves out
	@PYTHON="$(PYTHON)" bin/soak

audit: ## what others' tools say: pip-audit, the Nu HTML checker, Lighthouse
	@PYTHON="$(PYTHON)" bin/bootstrap --dev
	@$(BIN)/python -m tests.audit

sbom: ## write what the site is built from (CycloneDX 1.6) to var/sbom.json
	@mkdir -p var
	@$(PYTHON) bin/sbom.py requirements.txt > var/sbom.json
	@echo "var/sbom.json"

# With UPGRADE=--upgrade (or --upgrade-package=NAME) to newer versions than those pinned now.
lock: ## pin requirements*.in, and all they need, into requirements*.txt
	@PYTHON="$(PYTHON)" bin/bootstrap --dev
	@$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	@$(LOCK) $(UPGRADE) requirements-s3.in -o requirements-s3.txt
	@$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt

pictures: ## take the pictures of docs/img again, from the demo newsroom
	@PYTHON="$(PYTHON)" bin/bootstrap --dev
	@$(BIN)/python bin/pictures.py $(ARGS)

messages: ## collect the words to translate and compile both catalogues
	@PYTHON="$(PYTHON)" bin/bootstrap
	@bin/messages

clean: ## remove what can be made again; the database, pictures and keys in var/ stay
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis var/static var/static-stamp
	@find . -name __pycache__ -type d -exec rm -rf {} +
