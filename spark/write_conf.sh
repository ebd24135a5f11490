#!/usr/bin/env bash
# Writes spark-defaults.conf (mode 600: it holds the lake's key) and log4j2.properties into a folder, from the variables of env.template.
#   spark/write_conf.sh FOLDER WORK     WORK is where Spark keeps what it writes: events, spilled rows, the catalogue of tables.
# Without AWS_SECRET_ACCESS_KEY the lake is a folder. SPARK_HOST is where the driver is reached (127.0.0.1), SPARK_BIND where it listens
# (the same), SPARK_JARS where the jars are (spark/jars): containers set these three.
set -euo pipefail
folder=${1:?Say into which folder}
work=${2:?Say where Spark may write}
here=$(cd "$(dirname "$0")" && pwd)
jars=$(ls "${SPARK_JARS:-$here/jars}"/*.jar | sed 's#^#file://#' | paste -sd, -)
: "${SPARK_WORKERS:?}" "${SPARK_WORKER_CORES:?}" "${SPARK_EXECUTOR_MEMORY:?}" "${SPARK_DRIVER_MEMORY:?}"
: "${SPARK_CONNECT_PORT:?}" "${SPARK_DRIVER_UI_PORT:?}" "${SPARK_HISTORY_PORT:?}"
host=${SPARK_HOST:-127.0.0.1}

bucket_settings() {
  [ -n "${AWS_SECRET_ACCESS_KEY:-}" ] || return 0
  cat <<CONF
spark.hadoop.fs.s3a.endpoint                    ${AWS_ENDPOINT_URL:?}
spark.hadoop.fs.s3a.endpoint.region             ${AWS_REGION:?}
spark.hadoop.fs.s3a.access.key                  ${AWS_ACCESS_KEY_ID:?}
spark.hadoop.fs.s3a.secret.key                  $AWS_SECRET_ACCESS_KEY
spark.hadoop.fs.s3a.path.style.access           true
spark.hadoop.fs.s3a.aws.credentials.provider    org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider
# The reader that needs no more than S3 itself has.
spark.hadoop.fs.s3a.input.stream.type           classic
CONF
}

bucket=$(bucket_settings)
umask 077 # Rows lie in what Spark spills, and the queries in its events: both are the owner's alone.
mkdir -p "$folder" "$work/events"
chmod 700 "$work"
cat > "$folder/spark-defaults.conf" <<CONF
# Written by spark/write_conf.sh at each start: change it there, or the variables in .env.
spark.jars                                      $jars
spark.sql.extensions                            io.delta.sql.DeltaSparkSessionExtension
spark.sql.catalog.spark_catalog                 org.apache.spark.sql.delta.catalog.DeltaCatalog
$bucket

# The one application takes what the workers have.
spark.cores.max                                 $((SPARK_WORKERS * SPARK_WORKER_CORES))
spark.executor.memory                           $SPARK_EXECUTOR_MEMORY
spark.driver.memory                             $SPARK_DRIVER_MEMORY

# Books are small data: with 200 parts for each shuffle and 50 for each table's log, starting tasks is most of the work.
spark.sql.shuffle.partitions                    $((2 * SPARK_WORKERS * SPARK_WORKER_CORES))
spark.databricks.delta.snapshotPartitions       2

# How long a statement is kept whose client is gone, from when the server has noticed that (up to two minutes); by default five.
spark.connect.execute.manager.detachedTimeout   60s

# Who listens where. A port that is taken is an error: on the next one no link would find it.
spark.driver.host                               $host
spark.driver.bindAddress                        ${SPARK_BIND:-$host}
spark.connect.grpc.binding.address              ${SPARK_BIND:-$host}
spark.connect.grpc.binding.port                 $SPARK_CONNECT_PORT
spark.ui.port                                   $SPARK_DRIVER_UI_PORT
spark.history.ui.port                           $SPARK_HISTORY_PORT
spark.port.maxRetries                           0
# Takes jobs from anybody who reaches it.
spark.master.rest.enabled                       false
# What the UI and the event log show as stars: Spark's own pattern leaves the access key readable.
spark.redaction.regex                           (?i)secret|password|token|access\.?key

spark.eventLog.enabled                          true
spark.eventLog.dir                              file://$work/events
spark.history.fs.logDirectory                   file://$work/events
spark.history.fs.cleaner.enabled                true
spark.local.dir                                 $work/local
spark.sql.warehouse.dir                         file://$work/warehouse
# The tables' names outlive the server: a refresh makes them once, and every client then reads gold.works by its name.
spark.sql.catalogImplementation                 hive
spark.hadoop.javax.jdo.option.ConnectionURL     jdbc:derby:;databaseName=$work/names;create=true
CONF
cat > "$folder/log4j2.properties" <<'CONF'
rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{yyyy-MM-dd HH:mm:ss} %p %c{1}: %m%n%ex
# It warns of a setting of its own.
logger.hive.name = org.apache.hadoop.hive.conf
logger.hive.level = error
# Who joined and left the cluster.
logger.deploy.name = org.apache.spark.deploy
logger.deploy.level = info
CONF
