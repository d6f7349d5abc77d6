# What the programs need from Debian. Sourced by bin/demo and .ci/run.

# need CHECK PACKAGE…: remembers the packages unless the check succeeds.
missing_packages=()
need() {
  local check=$1; shift
  eval "$check" >/dev/null 2>&1 || missing_packages+=("$@")
}

has_postgres() {
  local dir
  for dir in "${QUANXUE_PG_BIN:-}" /usr/lib/postgresql/*/bin $(printf '%s' "$PATH" | tr ':' ' '); do
    [ -x "$dir/postgres" ] && [ -x "$dir/initdb" ] && return 0
  done
  return 1
}

# quietly COMMAND…: runs it and shows what it said only if it failed.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  [ $status = 0 ] || cat "$log" >&2
  rm -f "$log"
  return $status
}

# install_packages PACKAGE…: as root, without questions.
install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  quietly apt-get update -qq
  # Debian's package would start a server of its own on port 5432; ours needs only the programs.
  if printf '%s\n' "$@" | grep -q '^postgresql' && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    quietly apt-get install -y -qq --no-install-recommends postgresql-common
    sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  fi
  quietly apt-get install -y -qq --no-install-recommends "$@"
}
