# shellcheck shell=bash
# The commands that end in a Java program; it replaces this shell, so that signals reach it.

readonly CAPTURE_CAPABILITIES=(SYS_ADMIN SYS_PTRACE NET_RAW)

run_demo() {
  require_linux
  require_capabilities "${CAPTURE_CAPABILITIES[@]}" NET_ADMIN
  require_packages libpcap0.8 iproute2 dnsmasq-base
  java_program deploy/standalone io.alertcap.standalone.demo.Main -Xmx256m -- \
    --dir "$ROOT/deploy/standalone/target/demo" "$@"
}

run_standalone() {
  require_linux
  require_capabilities "${CAPTURE_CAPABILITIES[@]}"
  require_packages libpcap0.8
  java_program deploy/standalone io.alertcap.standalone.Main -Xmx256m -- "$@"
}

run_trigger() {
  local keeps_startup_cache=yes
  java_program trigger-service io.alertcap.trigger.Main -Xmx192m -- "$@"
}

run_rules() {
  java_program trigger-service io.alertcap.trigger.RulesMain -Xmx128m -XX:TieredStopAtLevel=1 -- "$@"
}

run_capturer() {
  require_linux
  require_capabilities "${CAPTURE_CAPABILITIES[@]}"
  require_packages libpcap0.8
  # On every node, so small before fast: the packets do not pass through Java.
  export MALLOC_ARENA_MAX=2
  local keeps_startup_cache=yes
  java_program node-capturer io.alertcap.capturer.Main \
    -Xms16m -Xmn8m -Xmx72m -XX:TieredStopAtLevel=1 -- "$@"
}

run_analyze() {
  java_program node-capturer io.alertcap.capturer.analyze.Main -Xmx256m -- "$@"
}

run_bench() {
  require_linux
  require_capabilities "${CAPTURE_CAPABILITIES[@]}" NET_ADMIN
  require_packages libpcap0.8 iproute2 tcpdump tshark netsniff-ng dnsmasq-base procps
  java_program deploy/standalone io.alertcap.standalone.Bench \
    -Xmx256m "-Dalertcap.launcher=$ROOT/alertcap" -- "$@"
}

# The option for a program's classes as they lie in memory once loaded: with them it starts in half the time. JEP 514,
# from JDK 25 on: the first run writes them when it ends, and a JVM takes only its own, for the same jars.
startup_cache() {
  local jar=$1 version cache
  version=$(jdk_version "$JAVA_HOME")
  cache=${jar%.jar}.$version.aot
  ((version >= 25)) || return 0
  if [[ $cache -nt $jar ]]; then
    echo "-XX:AOTCache=$cache"
  elif [[ -w ${jar%/*} ]]; then
    echo "-XX:AOTCacheOutput=$cache"
  fi
}

# java_program MODULE MAIN_CLASS JVM_OPTION... -- ARGUMENT...: with every jar of plugins/, where an operator puts logins of
# a cloud's own
java_program() {
  local module=$1 main=$2 jar=$ROOT/$1/target/${1##*/}.jar options=()
  shift 2
  while [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  require_jdk
  ensure_built
  if [[ ${keeps_startup_cache:-no} == yes ]]; then
    mapfile -t -O "${#options[@]}" options < <(startup_cache "$jar")
  fi
  options+=(-XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED)
  # Kafka unmaps its index files with Unsafe.
  (($(jdk_version "$JAVA_HOME") < 24)) || options+=(--sun-misc-unsafe-memory-access=allow)
  exec "$JAVA_HOME/bin/java" "${options[@]}" \
    -cp "$jar:$ROOT/plugins/*" "$main" "$@"
}
