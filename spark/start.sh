#!/usr/bin/env bash
# Becomes one of Spark's servers, in the foreground:  spark/start.sh master|worker [NUMBER]|connect|history
# SPARK_CONF_DIR is what write_conf.sh has written, SPARK_WORK where Spark may write. SPARK_HOST is this server's name (127.0.0.1),
# SPARK_MASTER_HOST the master's (the same), SPARK_HOME the installed pyspark (.venv-spark's).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
: "${SPARK_CONF_DIR:?}" "${SPARK_WORK:?}" "${SPARK_MASTER_PORT:?}"
export SPARK_LOCAL_IP=${SPARK_BIND:-${SPARK_HOST:-127.0.0.1}} SPARK_DAEMON_MEMORY=512m
export SPARK_HOME=${SPARK_HOME:-$(echo "$root"/.venv-spark/lib/python3.*/site-packages/pyspark)}
# Which Python runs the functions of a job: the one whose packages are locked, not the system's.
[ ! -x "$root/.venv-spark/bin/python" ] || export PYSPARK_PYTHON=$root/.venv-spark/bin/python
host=${SPARK_HOST:-127.0.0.1}
master=spark://${SPARK_MASTER_HOST:-$host}:$SPARK_MASTER_PORT
mkdir -p "$SPARK_WORK"
cd "$SPARK_WORK"

case "${1:-}" in
  master)
    exec "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.master.Master \
      --host "$host" --port "$SPARK_MASTER_PORT" --webui-port "${SPARK_MASTER_UI_PORT:?}" ;;
  worker)
    number=${2:-1}
    exec "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.worker.Worker --host "$host" --work-dir "$SPARK_WORK/worker$number" \
      --webui-port $((${SPARK_WORKER_UI_PORT:?} + number - 1)) --cores "${SPARK_WORKER_CORES:?}" --memory "${SPARK_WORKER_MEMORY:?}" "$master" ;;
  connect)
    exec "$SPARK_HOME/bin/spark-submit" --class org.apache.spark.sql.connect.service.SparkConnectServer --name booklake --master "$master" spark-internal ;;
  history)
    exec "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.history.HistoryServer ;;
  *)
    echo "Say which: spark/start.sh master|worker [NUMBER]|connect|history" >&2; exit 2 ;;
esac
