#!/usr/bin/env bash
# Makes .venv from the hash-pinned lock, and finds or installs Python and PostgreSQL. Run again, it does only what is missing.
#   scripts/setup.sh run|dev     INSTALL=0 only names what would be installed.
set -euo pipefail
cd "$(dirname "$0")/.."
KIND=${1:-run}
LOCK=requirements.lock
[ "$KIND" = dev ] && LOCK=requirements-dev.lock

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

find_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3 /usr/bin/python3; do
    "$name" -c 'import sys, venv, ensurepip; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && { echo "$name"; return; }
  done
  return 1
}

find_postgres() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -Vr) "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
    [ -x "$folder/initdb" ] && [ "$("$folder/postgres" -V | grep -oE '[0-9]+' | head -1)" -ge 15 ] && { echo "$folder"; return; }
  done
  return 1
}

install_packages() { # $1: why, the rest: Debian packages
  local why=$1; shift
  local command="apt-get install -y --no-install-recommends $*" root=""
  [ "$(id -u)" = 0 ] || root="sudo -n"
  if [ "${INSTALL:-1}" = 0 ] || ! command -v apt-get >/dev/null || { [ -n "$root" ] && ! sudo -n true 2>/dev/null; }; then
    die "$why is missing. Install it, then run this again:  sudo apt-get update && sudo $command"
  fi
  say "$why is missing: installing $* with apt-get."
  { $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root $command -qq >/dev/null; } || die "apt-get could not install $*. Mend it, then run this again:  sudo $command"
}

find_python >/dev/null || install_packages "Python 3.11 to 3.13 with venv" python3 python3-venv
find_postgres >/dev/null || install_packages "PostgreSQL 15 or later (a private server keeps the tables that people read)" postgresql

wanted="$(cat requirements-setup.lock "$LOCK" pyproject.toml | sha256sum | cut -c1-64) $PWD"
for kind in dev "$KIND"; do # What fits for development fits for running too.
  other=requirements.lock; [ "$kind" = dev ] && other=requirements-dev.lock
  have="$(cat requirements-setup.lock "$other" pyproject.toml | sha256sum | cut -c1-64) $PWD"
  [ "$(cat .venv/ready 2>/dev/null)" = "$have" ] && .venv/bin/python -c '' 2>/dev/null && exit 0
done

say "Making .venv from $LOCK …"
rm -f .venv/ready 2>/dev/null || true
.venv/bin/python -m pip --version >/dev/null 2>&1 || "$(find_python)" -m venv --clear .venv || die "The folder .venv could not be made in $PWD. Check that you may write here and that the disk has 2 GB free."
.venv/bin/python -m pip install -q --disable-pip-version-check --root-user-action=ignore --require-hashes -r requirements-setup.lock \
  || die "The packages of requirements-setup.lock could not be fetched. Check the network, then run this again."
.venv/bin/uv pip sync -q --compile-bytecode --python .venv/bin/python --require-hashes --allow-empty-requirements "$LOCK" requirements-setup.lock \
  || die "The packages of $LOCK could not be installed. Check the network and that the disk has 2 GB free, then run this again."
.venv/bin/uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e . || die "The project itself could not be installed into .venv."
# Not all machines keep what Python compiles at first use: compiled once here, every command starts seconds sooner.
.venv/bin/python -m compileall -q elt_pipeline catalogue dataset streamlit_app || true
printf '%s' "$wanted" > .venv/ready
