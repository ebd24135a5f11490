#!/usr/bin/env bash
# MariaDB, which stands in for MySQL where that is not packaged: its database is made at the first start.
set -euo pipefail
exec "$BOOKLAKE_PYTHON" -m stack.mariadb
