#!/usr/bin/env bash
# Makes .env from env.template: mode 600, an empty …_PASSWORD is filled with a generated one. An .env that exists stays as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
[ ! -e .env ] || { echo ".env exists and stays as it is. Remove it first to have a new one." >&2; exit 1; }
umask 077
while IFS= read -r line; do
  case "$line" in
    *_PASSWORD=) printf '%s%s\n' "$line" "$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')" ;;
    *) printf '%s\n' "$line" ;;
  esac
done < env.template > .env
echo "Wrote .env. Set the URLs in it, then run make refresh."
