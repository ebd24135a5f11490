#!/usr/bin/env bash
# Rehearses docker-compose.yml without Docker and without a registry, as root on Debian, with podman and stand-ins for others' images:
# builds, starts, loads, refreshes, searches, ends, and leaves nothing. docs/compose.md says what that shows and what it cannot.
#   KEEP=folder  keeps what was built there, so that the next time takes minutes less.      INSTALL=0  only names missing packages.
#   LIMIT=seconds  gives up where the servers are not healthy by then; an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
began=$SECONDS

say() { printf '%4d s  %s\n' $((SECONDS - began)) "$*"; }
die() { echo "$*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || die "The rehearsal mounts, makes networks and unpacks a Debian: run it as root."
packages=(podman buildah runc catatonit netavark aardvark-dns iptables debootstrap)
missing=()
for package in "${packages[@]}"; do dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package"); done
if [ ${#missing[@]} -gt 0 ]; then
  install="apt-get install -y --no-install-recommends ${missing[*]}"
  [ "${INSTALL:-1}" = 1 ] || die "Missing: ${missing[*]}. Install them:  apt-get update && $install"
  say "installing ${missing[*]} with apt-get: the rehearsal runs containers with them"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null; } || die "apt-get could not install them. Mend it, then run this again:  $install"
fi
[ -x .venv/bin/uv ] || die "There is no .venv yet: run make setup."

if [ -n "${KEEP:-}" ]; then mkdir -p "$KEEP"; place=$(cd "$KEEP" && pwd); else place=$(mktemp -d /var/tmp/booklake-rehearsal.XXXXXX); fi
chmod 755 "$place"
exec 9> "$place/lock"
flock -n 9 || die "Another rehearsal uses $place. Wait for its end, or name another folder by KEEP."
project=booklake-rehearsal-$$
# Nothing of podman's own settings is touched: these name its storage, its networks and its registries.
. scripts/rehearsal/engine.sh "$place"

compose() { # With an environment of its own: exported variables would win over .env.
  env -i PATH="$PATH" HOME="$HOME" CONTAINERS_CONF="$CONTAINERS_CONF" CONTAINERS_STORAGE_CONF="$CONTAINERS_STORAGE_CONF" \
    CONTAINERS_REGISTRIES_CONF="$CONTAINERS_REGISTRIES_CONF" BUILDAH_LAYERS="$BUILDAH_LAYERS" BUILDAH_ISOLATION=chroot TMPDIR="$TMPDIR" \
    "$place/compose/bin/podman-compose" --project-name "$project" --env-file "$place/env" --file "$root/docker-compose.yml" "$@"
}
inside() { compose exec -T dagster-code "$@"; }
container() { podman ps --all --quiet --filter "label=io.podman.compose.project=$project" "$@"; }

end() {
  local status=$?
  trap - EXIT
  if [ $status != 0 ]; then
    say "failed; what the servers said last:"
    for one in $(container); do podman ps --all --filter "id=$one" --format '== {{.Names}} {{.Status}}'; podman logs --tail 15 "$one" 2>&1 | cut -c1-300; done || true
  fi
  compose down --volumes >"$place/down.log" 2>&1 || { cat "$place/down.log"; status=1; }
  left=$(container; podman volume ls --quiet; podman network ls --quiet --filter "label=io.podman.compose.project=$project")
  [ -z "$left" ] || { echo "Left behind: $left" >&2; status=1; }
  buildah rm --all >/dev/null 2>&1 || true # Of builds that were cut off.
  tidy_engine
  if [ -n "${KEEP:-}" ]; then rm -rf "$place/env" "$place/run" "$place/networks"; else rm -rf "$place"; fi
  [ $status != 0 ] || say "passed, and nothing is left but ${KEEP:+the images in $KEEP and }the packages of Debian"
  exit $status
}
trap end EXIT

[ -x "$place/compose/bin/podman-compose" ] || { .venv/bin/uv venv -q "$place/compose" && .venv/bin/uv pip install -q --python "$place/compose/bin/python" podman-compose==1.6.0; }
. scripts/rehearsal/stand_ins.sh

umask 077
rm -f "$place/env" # Of a rehearsal that was killed.
scripts/make_env.sh "$place/env" >/dev/null
.venv/bin/python scripts/rehearsal/free_ports.py "$place/env"
set -a; . "$place/env"; set +a
umask 022

say "building our images"
ours=(localhost/booklake/spark:4.2.0 localhost/booklake/booklake:0.1.0)
for name in "${ours[@]}"; do ! podman image exists "$name" || podman untag "$name"; done # An older one must not pass for what fails now.
compose --parallel 1 build >"$place/build.log" 2>&1 || { tail -40 "$place/build.log"; die "Our images could not be built."; }
for name in "${ours[@]}"; do
  podman image exists "$name" || { tail -40 "$place/build.log"; die "The image $name was not built."; }
done
podman images --format '{{.Repository}}:{{.Tag}} {{.Size}}' | sed '/<none>/d; s/^/        /'

say "starting the servers"
# Podman 4.3 starts nothing that depends on a container that has ended, as `init` has, and knows no waiting for health:
# --no-deps leaves both out. The servers wait for one another by themselves.
up() { compose up --detach --no-build --no-deps "$@" >>"$place/up.log" 2>&1 || { tail -40 "$place/up.log"; die "The servers could not be started."; }; }
up mysql postgres minio init
[ "$(podman wait "$(container --filter label=io.podman.compose.service=init)")" = 0 ] || die "init failed."
up
for name in mysql postgres minio spark-master spark-worker spark-connect spark-history dagster-code dagit dagster-daemon app; do
  one=$(container --filter "label=io.podman.compose.service=$name" | head -1)
  until podman healthcheck run "$one" >/dev/null 2>&1; do
    [ $((SECONDS - began)) -lt ${LIMIT:-3600} ] || die "$name: its health check still says no."
    sleep 3
  done
done
stack/wait "http://127.0.0.1:$SPARK_MASTER_UI_PORT/json/" "http://127.0.0.1:$SPARK_DRIVER_UI_PORT/api/v1/applications" \
  "http://127.0.0.1:$SPARK_HISTORY_PORT/api/v1/version" "http://127.0.0.1:$MINIO_CONSOLE_PORT/" \
  "http://127.0.0.1:$DAGIT_PORT/server_info" "http://127.0.0.1:$APP_PORT/_stcore/health"
say "every server passes its health check and answers from outside"

inside booklake generate /tmp/books --books 300 --readers 60 | tail -1
inside booklake load /tmp/books
say "loaded; refreshing on the cluster"
inside booklake refresh
say "refreshed; again, where nothing has changed"
inside booklake refresh 2>&1 | tee "$place/again" | tail -3
# A line of a table ends with what was done to it.
steps=$(grep -E '[0-9] s  [a-z]+' "$place/again") || die "The second refresh names no table."
if grep -v 'unchanged' <<< "$steps"; then die "The second refresh has written, where nothing had changed."; fi
inside booklake search "the" | tee "$place/found" | head -5
grep -q '^ *1\.' "$place/found" || die "The search finds nothing."
.venv/bin/python scripts/rehearsal/look.py
say "searched, and asked Dagit, Spark's master and its driver what they did"
