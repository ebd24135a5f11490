#!/usr/bin/env bash
# Dagster's server of our code. It makes Dagster's tables first: the three of Dagster would otherwise make them at once.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$DAGSTER_HOME"
"$root/stack/wait" "tcp://${POSTGRES_HOST:-127.0.0.1}:$POSTGRES_PORT"
"$BOOKLAKE_PYTHON" -m elt_pipeline.dagster_home
exec "$BOOKLAKE_PYTHON" -m dagster code-server start -h "${LISTEN_ON:-127.0.0.1}" -p "$DAGSTER_CODE_PORT" -m elt_pipeline.definitions
