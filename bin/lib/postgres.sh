# A Postgres of our own for development and tests: found, started, filled. Sourced by bin/dev-db, bin/test, bin/sqlx-prepare.
# The program has its own (src/postgres.rs); this one is faster and forgets on power loss, which is right for tests only.

# Prints the folder of the newest Postgres server binaries.
pg_bin() {
  local dir
  for dir in "${QUANXUE_PG_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5,5nr) $(printf '%s' "$PATH" | tr ':' ' '); do
    if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && [ -x "$dir/psql" ]; then echo "$dir"; return 0; fi
  done
  echo "no Postgres server binaries found: apt-get install postgresql, or set QUANXUE_PG_BIN" >&2
  return 1
}

# Postgres refuses to run as root: prints the user it drops to, or nothing when we are nobody special.
pg_user() {
  [ "$(id -u)" = 0 ] || return 0
  local user
  for user in postgres nobody; do id "$user" >/dev/null 2>&1 && { echo "$user"; return 0; }; done
}

# Runs a server binary as the user Postgres may run as, in a folder that user can enter.
pg_run() {
  local user; user=$(pg_user)
  cd /
  if [ -n "$user" ]; then
    setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups env -i LC_ALL=C.UTF-8 TZ=UTC PATH="$PATH" "$@"
  else
    env -i LC_ALL=C.UTF-8 TZ=UTC PATH="$PATH" "$@"
  fi
}

# pg_reachable DIR: can the database user get into this folder? A checkout under /root cannot hold its data.
pg_reachable() {
  mkdir -p "$1" && (pg_run test -x "$1")
}

# pg_start DIR [OPTION…]: makes the cluster if there is none, starts it unless it runs; its socket is DIR/run.
pg_start() {
  local dir=$1 bin user; shift
  bin=$(pg_bin) || return 1
  user=$(pg_user)
  mkdir -p "$dir/run"
  [ -z "$user" ] || chown "$user:" "$dir" "$dir/run"
  if [ ! -e "$dir/data/PG_VERSION" ]; then
    rm -rf "$dir/data.init"
    (pg_run "$bin/initdb" -D "$dir/data.init" -U postgres -E UTF8 --locale=C.UTF-8 -A trust --no-sync --no-instructions) >"$dir/initdb.log" 2>&1 ||
      { cat "$dir/initdb.log" >&2; return 1; }
    mv "$dir/data.init" "$dir/data"
  fi
  if ! (pg_run "$bin/pg_ctl" -D "$dir/data" status) >/dev/null 2>&1; then
    # autovacuum off: a plan that changes while queries are described would change what .sqlx says of nulls.
    (pg_run "$bin/pg_ctl" -D "$dir/data" -s -w -t 60 -l "$dir/postgres.log" \
      -o "-k $dir/run -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
          -c shared_buffers=64MB -c max_connections=100 -c autovacuum=off -c logging_collector=off $*" start) >/dev/null 2>&1 9>&- ||
      { tail -n 20 "$dir/postgres.log" >&2; return 1; }
  fi
}

# pg_stop DIR: stops it at once.
pg_stop() {
  local bin; bin=$(pg_bin) || return 1
  (pg_run "$bin/pg_ctl" -D "$1/data" -s -w -m immediate stop) >/dev/null 2>&1 || true
}

# pg_sql DIR DATABASE ARG…: psql as the bootstrap superuser.
pg_sql() {
  local dir=$1 database=$2; shift 2
  PGOPTIONS="-c client_min_messages=warning" "$(pg_bin)/psql" -X -q -v ON_ERROR_STOP=1 -h "$dir/run" -U postgres -d "$database" "$@"
}

# pg_url DIR DATABASE: the form that sqlx, psql and the tests all read.
pg_url() {
  echo "postgres://postgres@localhost/$2?host=$1/run"
}

# pg_fill DIR DATABASE: the database anew, roles bootstrapped, every migration applied as the owner and written
# down as sqlx itself would, so that the program finds nothing left to do.
pg_fill() {
  local dir=$1 database=$2 file name version description
  pg_sql "$dir" postgres -c "drop database if exists \"$database\" with (force)" -c "create database \"$database\""
  if [ -f src/db/bootstrap.sql ]; then
    pg_sql "$dir" "$database" -f src/db/bootstrap.sql
  else
    pg_sql "$dir" "$database" -c "do \$\$ begin create role quanxue_owner nologin; exception when duplicate_object then null; end \$\$"
  fi
  pg_sql "$dir" postgres -c "alter database \"$database\" owner to quanxue_owner" -c "revoke temporary on database \"$database\" from public"
  pg_sql "$dir" "$database" -c "alter schema public owner to quanxue_owner"
  pg_sql "$dir" "$database" -c "set role quanxue_owner" -c "create table _sqlx_migrations (
    version bigint primary key, description text not null, installed_on timestamptz not null default now(),
    success boolean not null, checksum bytea not null, execution_time bigint not null)"
  for file in migrations/*.sql; do
    [ -e "$file" ] || continue
    name=$(basename "$file" .sql)
    version=$((10#${name%%_*}))
    description=$(printf '%s' "${name#*_}" | tr '_' ' ')
    pg_sql "$dir" "$database" -1 -c "set role quanxue_owner" -f "$file" -c "reset role" \
      -c "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
          values ($version, '$description', true, '\\x$(sha384sum <"$file" | cut -d' ' -f1)', -1)" ||
      { echo "migration $file failed" >&2; return 1; }
  done
}

# Prints a fingerprint of everything pg_fill reads.
pg_fingerprint() {
  { cat bin/lib/postgres.sh src/db/bootstrap.sql migrations/*.sql 2>/dev/null || true; } | sha256sum | cut -c1-16
}
