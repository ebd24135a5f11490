#!/usr/bin/env bash
# Does what we use of the entry of the image `postgres`: a first set-up with POSTGRES_PASSWORD, then the server as user postgres.
set -euo pipefail
if [ "$(id -u)" = 0 ]; then
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  read -ra options <<< "${POSTGRES_INITDB_ARGS:-}"
  initdb --pgdata="$PGDATA" --username=postgres --pwfile=<(printf '%s\n' "${POSTGRES_PASSWORD:?}") --auth-host=scram-sha-256 "${options[@]}"
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
fi
exec "$@" --listen_addresses='*' --unix_socket_directories=/tmp
