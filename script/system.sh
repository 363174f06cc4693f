# Which system packages are missing, and how to get them. Sourced by setup.
# shellcheck shell=bash
PATH="$PATH:/usr/sbin:/sbin" # ldconfig lives there, and ordinary users have no way to it

WANTED=()

library() { ldconfig -p 2>/dev/null | grep -q "^[[:space:]]*$1 "; }

has_postgres() {
  local bin major
  for bin in /usr/lib/postgresql/1[567]/bin "$(dirname "$(command -v postgres || echo /none/postgres)")"; do
    [[ -x $bin/initdb ]] || continue
    major=$("$bin/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
    ((major >= 15 && major <= 17)) || continue
    [[ -e /usr/share/postgresql/$major/extension/postgis.control ]] && return 0
    [[ -e $("$bin/pg_config" --sharedir 2>/dev/null)/extension/postgis.control ]] && return 0
  done
  return 1
}

# The newest supported PostgreSQL that this system's package lists carry with PostGIS.
postgres_packages() {
  local major
  for major in 17 16 15; do
    if apt-cache show "postgresql-$major-postgis-3" >/dev/null 2>&1; then
      echo "postgresql-$major postgresql-$major-postgis-3"
      return
    fi
  done
  echo "postgresql-15 postgresql-15-postgis-3"
}

has_node() {
  local version
  version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  ((${version%%.*} >= 18)) && command -v npm >/dev/null
}

has_python() { [[ -n $(find_python) ]]; }

# The first Python that is new enough and can make a virtual environment.
find_python() {
  local candidate
  for candidate in ${GIS_DISPATCH_PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
}

has_fonts() { compgen -G '/usr/share/fonts/*/*/*.[to]tf' >/dev/null; }

has_browser() { command -v chromium >/dev/null || command -v google-chrome >/dev/null; }

# Fill WANTED with the Debian packages that are missing. $1: "tests" or "server".
find_missing() {
  local postgres=${DATABASE_URL:-}${GIS_DISPATCH_DATABASE_URL:-}
  [[ $1 == tests ]] && postgres=${GIS_DISPATCH_TEST_DATABASE_URL:-}
  has_python || WANTED+=(python3 python3-venv)
  # shellcheck disable=SC2207
  [[ -n $postgres ]] || has_postgres || WANTED+=($(postgres_packages))
  library libpango-1.0.so.0 || WANTED+=(libpango-1.0-0)
  library libpangoft2-1.0.so.0 || WANTED+=(libpangoft2-1.0-0)
  library libharfbuzz-subset.so.0 || WANTED+=(libharfbuzz-subset0)
  has_fonts || WANTED+=(fonts-dejavu-core)
  command -v node >/dev/null || WANTED+=(nodejs)
  command -v npm >/dev/null || WANTED+=(npm)
  [[ $1 != tests ]] || has_browser || WANTED+=(chromium)
}

# Install WANTED where we may; elsewhere say the exact command and stop.
install_missing() {
  local as_root=() command
  command="apt-get install --no-install-recommends ${WANTED[*]}"
  command -v apt-get >/dev/null || die "These are needed and this system has no apt-get: ${WANTED[*]}
Install their equivalents, then run this again."
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
      die "Some system packages are missing. Install them with:

  sudo $command

then run this again."
    fi
    as_root=(sudo -n)
  fi
  say "  ${WANTED[*]}"
  # Debian makes and starts a cluster of its own when PostgreSQL arrives. We bring our own and
  # need none, so on a machine that has no PostgreSQL yet we ask it not to.
  local quiet=/etc/postgresql-common/createcluster.d/gis-dispatch.conf ours=
  if [[ ! -d /etc/postgresql-common ]]; then
    ours=$quiet
    "${as_root[@]}" mkdir -p "${quiet%/*}"
    echo 'create_main_cluster = false' | "${as_root[@]}" tee "$quiet" >/dev/null
  fi
  local failed=
  "${as_root[@]}" apt-get update -q || say "  (the package lists could not all be refreshed)"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "${WANTED[@]}" || failed=yes
  [[ -z $ours ]] || "${as_root[@]}" rm -f "$ours"
  [[ -z $failed ]] || die "apt-get could not install: ${WANTED[*]}"
}
