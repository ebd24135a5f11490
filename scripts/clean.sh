#!/usr/bin/env bash
# Removes what is ours in var/ (or VAR_DIR), with databases where they lie elsewhere, and the environments. Not while servers of make up run.
set -euo pipefail
cd "$(dirname "$0")/.."
VAR=${VAR_DIR:-var}
if [ -d "$VAR" ] || [ -f .env ]; then
  scripts/setup.sh run
  settings=.env
  if [ ! -f .env ]; then
    # Where there are none, any will do: what is removed lies in VAR_DIR.
    draft=$(mktemp -d)
    trap 'rm -rf "$draft"' EXIT
    settings=$draft/env
    scripts/make_env.sh "$settings" >/dev/null
  fi
  .venv/bin/python -m stack --env-file="$settings" remove --yes
  .venv/bin/booklake --env-file= clean --yes
fi
rm -rf .venv .venv-spark spark/jars .mypy_cache .ruff_cache .pytest_cache
echo "Removed .venv, .venv-spark and spark/jars too.$([ ! -f .env ] || echo ' .env stays, and names servers that are gone: remove it to be embedded again, or make up.')"
