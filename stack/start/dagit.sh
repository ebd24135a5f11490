#!/usr/bin/env bash
# Dagit, Dagster's webserver.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$DAGSTER_HOME"
"$root/stack/wait" "tcp://$DAGSTER_CODE_HOST:$DAGSTER_CODE_PORT"
exec "$BOOKLAKE_PYTHON" -m dagster_webserver -h "${LISTEN_ON:-127.0.0.1}" -p "$DAGIT_PORT" -w "$root/dagster_home/workspace.yaml"
