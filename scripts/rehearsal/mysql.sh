#!/usr/bin/env bash
# Does what we use of the entry of the image `mysql`: a first set-up with MYSQL_…, then the server as user mysql. It is MariaDB.
set -euo pipefail
accounts=/run/mysqld/accounts.sql
if [ ! -d /var/lib/mysql/mysql ]; then
  mariadb-install-db --user=mysql --skip-test-db >/dev/null
  cat > "$accounts" <<SQL
create database \`${MYSQL_DATABASE:?}\`;
create user '${MYSQL_USER:?}'@'%' identified by '${MYSQL_PASSWORD:?}';
grant all on \`${MYSQL_DATABASE}\`.* to '${MYSQL_USER}'@'%';
alter user 'root'@'localhost' identified by '${MYSQL_ROOT_PASSWORD:?}';
SQL
  chown mysql "$accounts"
  set -- --init-file="$accounts" "$@"
fi
exec mariadbd --user=mysql --bind-address=0.0.0.0 "$@"
