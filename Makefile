# Two commands for a newcomer: `make demo` and `make test`. Each does its own set-up.
.PHONY: help demo test check bench setup clean
PY := .venv/bin/python
DEMO := demo
RESIDENTS ?= 20000
# One more than the processors: tests wait for browsers, servers and disks as much as they compute.
JOBS ?= $(shell expr $$(nproc) + 1)

help:
	@echo 'make demo    two fictitious towns leave their old vendors with proof and open in the browser as one cloud'
	@echo 'make test    all tests'
	@echo 'make check   lint, types, arrows between the rooms'
	@echo 'make bench   speed and memory, as ratios against peers in the same run'

demo:
	@tools/setup.sh demo
	@PATH="$(CURDIR)/.venv/bin:$$PATH" tools/demo.sh $(DEMO) $(RESIDENTS)

test:
	@tools/setup.sh browser
	$(PY) -m pytest -n $(JOBS) --dist worksteal

check:
	@tools/setup.sh
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

bench:
	@tools/setup.sh bench
	$(PY) -m bench.run

clean:
	rm -rf .venv $(DEMO) bench/data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
