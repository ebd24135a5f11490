#!/usr/bin/env bash
# One of Spark's servers in a container:  SPARK_ROLE=master|worker|connect|history spark/container.sh
set -euo pipefail
here=$(dirname "$0")
export SPARK_HOST=${SPARK_HOST:-$(hostname)}
"$here/write_conf.sh" "$SPARK_CONF_DIR" "$SPARK_WORK"
exec "$here/../stack/start/spark.sh"
