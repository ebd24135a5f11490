#!/usr/bin/env bash
# The app. It is told its port and the file with the URL of its own role: of the environment it knows nothing else of ours.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
exec "$BOOKLAKE_PYTHON" -m streamlit run "$root/streamlit_app/app.py" "--server.address=${LISTEN_ON:-127.0.0.1}" "--server.port=$APP_PORT" "--secrets.files=$APP_SECRETS"
