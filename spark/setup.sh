#!/usr/bin/env bash
# Makes .venv-spark from spark/requirements.lock, and spark/jars. Run again, it does only what is missing. Needs .venv, Java and Maven.
set -euo pipefail
cd "$(dirname "$0")/.."
die() { echo "$*" >&2; exit 1; }

command -v java >/dev/null || die "Java is missing; Spark's servers run on it. Install it:  sudo apt-get install -y --no-install-recommends openjdk-17-jre-headless"
# Python functions travel from the client to the workers, which only the same Python understands.
python=$(.venv/bin/python -c 'import sys; print(sys._base_executable, "%d.%d" % sys.version_info[:2])') || die "There is no .venv yet: run make setup."
wanted="$(sha256sum < spark/requirements.lock | cut -c1-64) $PWD $python"
if [ "$(cat .venv-spark/ready 2>/dev/null)" != "$wanted" ]; then
  echo "Making .venv-spark from spark/requirements.lock …" >&2
  rm -rf .venv-spark
  .venv/bin/uv venv -q --python "${python% *}" .venv-spark
  .venv/bin/uv pip sync -q --python .venv-spark/bin/python --require-hashes spark/requirements.lock \
    || die "The packages of spark/requirements.lock could not be installed. Check the network and that the disk has 2 GB free, then run this again."
  printf '%s' "$wanted" > .venv-spark/ready
fi
spark/fetch_jars.sh
