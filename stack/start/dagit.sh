#!/usr/bin/env bash
# Dagit, Dagster's webserver.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
"$root/stack/wait" "tcp://127.0.0.1:$DAGSTER_CODE_PORT"
exec "$BOOKLAKE_PYTHON" -m dagster_webserver -h 127.0.0.1 -p "$DAGIT_PORT" -w "$root/dagster_home/workspace.yaml"
