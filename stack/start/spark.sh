#!/usr/bin/env bash
# One of Spark's servers, once those are there that it needs:  spark.sh master|worker|connect|history
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
case "$SPARK_ROLE" in
  worker) "$root/stack/wait" "tcp://${SPARK_MASTER_HOST:-127.0.0.1}:$SPARK_MASTER_PORT" ;;
  connect) "$root/stack/wait" "tcp://${SPARK_MASTER_HOST:-127.0.0.1}:$SPARK_MASTER_PORT" "http://${MINIO_HOST:-127.0.0.1}:$MINIO_PORT/minio/health/ready" ;;
esac
exec "$root/spark/start.sh" "$SPARK_ROLE" "${SPARK_WORKER_NUMBER:-}"
