#!/usr/bin/env bash
# Removes var/ (or VAR_DIR), with the server's data where it lies outside the checkout, and .venv.
set -euo pipefail
cd "$(dirname "$0")/.."
VAR=${VAR_DIR:-var}
if [ -x .venv/bin/booklake ] && [ -d "$VAR" ]; then
  .venv/bin/booklake --env-file= clean --yes
fi
rm -rf .venv
