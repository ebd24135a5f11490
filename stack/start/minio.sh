#!/usr/bin/env bash
# MinIO, built from source and cached by version. Its bucket, key and rights are made by `python -m stack.minio`.
set -euo pipefail
# MinIO keeps the password of the pipeline's key in plain text, in files that anybody may read.
mkdir -p "$BOOKLAKE_STACK/data/minio"
chmod 700 "$BOOKLAKE_STACK/data/minio"
export MINIO_UPDATE=off MINIO_BROWSER_REDIRECT=false
exec "$MINIO_BINARY" server "$BOOKLAKE_STACK/data/minio" --address "127.0.0.1:$MINIO_PORT" --console-address "127.0.0.1:$MINIO_CONSOLE_PORT"
