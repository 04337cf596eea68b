# Two commands do all the set-up: `make run` and `make test`. The others build on them.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
SCALE ?= demo
BENCH_SCALE = $(if $(filter command line environment,$(origin SCALE)),$(SCALE),province)
PY = .venv/bin/python

.PHONY: run test check bench seed lock format clean local dev system

run: local ## the portal at http://127.0.0.1:8000 (PORT=…, HOST=…)
	@$(PY) -m portal.machine run --host $(HOST) --port $(PORT)

test: dev system ## all tests; a part: make test K=sort_key
	@$(PY) -m pytest $(if $(K),-k "$(K)")

check: dev ## everything that is wrong without running it
	@$(PY) -m tests.house.check

bench: dev ## figures at province scale (SCALE=…, ONLY=name)
	@$(PY) -m bench --scale $(BENCH_SCALE) $(if $(ONLY),--only $(ONLY))

seed: local ## invented data: SCALE=demo|commune|province
	@$(PY) manage.py seed $(SCALE)

lock: dev ## the locks anew from pyproject.toml
	@$(PY) -m uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --quiet -o requirements.txt
	@$(PY) -m uv pip compile pyproject.toml --group local -c requirements.txt --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --quiet -o requirements-local.txt
	@$(PY) -m uv pip compile pyproject.toml --group dev -c requirements-local.txt --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --quiet -o requirements-dev.txt

format: dev
	@$(PY) -m ruff check --fix --quiet . && $(PY) -m ruff format --quiet .

local:
	@$(PYTHON) portal/machine/install.py requirements-local.txt

dev:
	@$(PYTHON) portal/machine/install.py requirements-dev.txt

system:
	@$(PY) -m portal.machine system

clean: ## forget what was made here: data, assets, logs
	@$(PY) -m portal.machine clean
