# shellcheck shell=bash
# What has to be on the machine besides a JDK and Maven, and what this user has to be allowed.

require_linux() {
  [[ $(uname -s) == Linux ]] || fail "$EXIT_UNAVAILABLE" \
    "captures are taken in network namespaces, which only Linux has; this is $(uname -s)"
}

# require_capabilities NAME...
require_capabilities() {
  local -A bits=([NET_ADMIN]=12 [NET_RAW]=13 [SYS_PTRACE]=19 [SYS_ADMIN]=21)
  local effective missing='' name
  effective=$(sed -n 's/^CapEff:\t//p' "/proc/$$/status")
  for name in "$@"; do
    ((16#$effective >> bits[$name] & 1)) || missing+=" CAP_$name"
  done
  [[ -z $missing ]] || fail "$EXIT_NOT_PERMITTED" \
    "not permitted to enter network namespaces and to capture: missing$missing" \
    "run it as root"
}

package_is_there() {
  case $1 in
    libpcap0.8) grep -q 'libpcap\.so' <<<"$(ldconfig -p)" ;;
    iproute2) command -v ip >/dev/null ;;
    dnsmasq-base) command -v dnsmasq >/dev/null ;;
    busybox-static) [[ -x /bin/busybox ]] ;;
    docker.io) command -v dockerd >/dev/null ;;
    netsniff-ng) command -v trafgen >/dev/null ;;
    procps) command -v ps >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

missing_packages() {
  local package
  for package in "$@"; do
    package_is_there "$package" || echo "$package"
  done
}

# What the programs cannot do without.
require_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}" || fail "$EXIT_UNAVAILABLE" \
    "missing: ${missing[*]}" \
    "as root: apt-get update && apt-get install ${missing[*]}"
}

# What some tests check captures with; without it they are skipped by name.
want_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}" || {
    say "without ${missing[*]}, the tests that need them are skipped"
    say "as root: apt-get update && apt-get install ${missing[*]}"
  }
}

install_packages() {
  local log=$ROOT/target/apt.log
  ((EUID == 0)) && command -v apt-get >/dev/null || return 1
  say "installing $*"
  mkdir -p "$ROOT/target"
  {
    apt-get -qq update &&
      without_starting_services env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends --no-remove \
        -o DPkg::Lock::Timeout=120 --yes "$@"
  } >"$log" 2>&1 </dev/null || {
    tail -n 5 "$log" >&2
    return 1
  }
}

# Programs are wanted, not the services that Debian's packages start: invoke-rc.d(8) asks this file.
without_starting_services() (
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  "$@"
)
