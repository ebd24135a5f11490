#!/usr/bin/env bash
# The entry of our images: waits for the servers that WAIT_FOR names, since not every engine waits for their health, then is the command.
set -euo pipefail
read -ra servers <<< "${WAIT_FOR:-}"
[ ${#servers[@]} = 0 ] || "$(dirname "$0")/wait" "${servers[@]}"
exec "$@"
