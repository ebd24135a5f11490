#!/usr/bin/env bash
# Postgres: its databases are made at the first start, its roles and their passwords at each.
set -euo pipefail
exec "$BOOKLAKE_PYTHON" -m stack.postgres
