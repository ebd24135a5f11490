#!/usr/bin/env bash
# Makes .env (or the file that is named) from env.template: mode 600, what is empty and secret is generated. One that exists stays.
set -euo pipefail
cd "$(dirname "$0")/.."
file=${1:-.env}
[ ! -e "$file" ] || { echo "$file exists and stays as it is. Remove it first to have a new one." >&2; exit 1; }
umask 077
while IFS= read -r line; do
  case "$line" in
    # With a digit at the end, which Metabase insists on and chance may leave out.
    METABASE_ADMIN_PASSWORD=) printf '%s%s1\n' "$line" "$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')" ;;
    *_PASSWORD= | *_SECRET_ACCESS_KEY=) printf '%s%s\n' "$line" "$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')" ;;
    *) printf '%s\n' "$line" ;;
  esac
done < env.template > "$file.draft"
mv "$file.draft" "$file"
echo "Wrote $file: it names the servers that make up starts. Empty a URL in it to have that part embedded."
