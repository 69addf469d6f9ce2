# shellcheck shell=bash
# How the launcher speaks: always on stderr; stdout belongs to the program that it starts.

# shellcheck disable=SC2034  # used by the other parts
readonly EXIT_USAGE=64 EXIT_UNAVAILABLE=69 EXIT_BROKEN=70 EXIT_NOT_PERMITTED=77

say() {
  printf 'alertcap: %s\n' "$1" >&2
}

# fail STATUS WHAT [WHAT_TO_DO...]
fail() {
  local status=$1 line
  say "$2"
  for line in "${@:3}"; do
    printf '          %s\n' "$line" >&2
  done
  exit "$status"
}
