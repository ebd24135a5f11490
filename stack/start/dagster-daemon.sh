#!/usr/bin/env bash
# Dagster's daemon: schedules, sensors, backfills.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$DAGSTER_HOME"
"$root/stack/wait" "tcp://$DAGSTER_CODE_HOST:$DAGSTER_CODE_PORT"
exec "$BOOKLAKE_PYTHON" -m dagster._daemon run -w "$root/dagster_home/workspace.yaml"
