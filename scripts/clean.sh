#!/usr/bin/env bash
# Removes what is ours in var/ (or VAR_DIR), with the private server's data where it lies elsewhere, and .venv.
set -euo pipefail
cd "$(dirname "$0")/.."
VAR=${VAR_DIR:-var}
if [ -d "$VAR" ]; then
  scripts/setup.sh run
  .venv/bin/booklake --env-file= clean --yes
fi
rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
