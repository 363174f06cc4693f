# What the scripts of this folder share: where things are, and how they speak. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV="$ROOT/.venv"
PYTHON="$VENV/bin/python"
export GIS_DISPATCH_HOME="${GIS_DISPATCH_HOME:-$ROOT/.local}"

# A caller's Python habits must not leak into the project's environment.
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP VIRTUAL_ENV PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT
unset PIP_REQUIRE_VIRTUALENV PIP_REQUIREMENT PIP_NO_DEPS PIP_DRY_RUN PIP_ONLY_BINARY PIP_NO_BINARY
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONUNBUFFERED=1

trap 'printf "\nStopped.\n" >&2; exit 130' INT TERM

say() { printf '%s\n' "$*"; }

die() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# step "what it does" command…: says it, does it, says how long it took.
step() {
  local what=$1 began ended
  shift
  say "· $what …"
  began=$(date +%s%N)
  "$@" || die "This did not work: $what"
  ended=$(date +%s%N)
  say "  done in $(awk -v ns=$((ended - began)) 'BEGIN { printf "%.1f", ns / 1e9 }') s"
}

# Run one of the project's Python programs; -P keeps the current folder off the import path.
python_module() { "$PYTHON" -P -m "$@"; }
