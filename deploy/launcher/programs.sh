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
  java_program trigger-service io.alertcap.trigger.Main -Xmx192m -- "$@"
}

run_capturer() {
  require_linux
  require_capabilities "${CAPTURE_CAPABILITIES[@]}"
  require_packages libpcap0.8
  # On every node, so small before fast: the packets do not pass through Java.
  export MALLOC_ARENA_MAX=2
  java_program node-capturer io.alertcap.capturer.Main -Xmx64m -XX:TieredStopAtLevel=1 -- "$@"
}

run_analyze() {
  java_program node-capturer io.alertcap.capturer.analyze.Main -Xmx256m -- "$@"
}

run_bench() {
  require_linux
  require_capabilities "${CAPTURE_CAPABILITIES[@]}" NET_ADMIN
  require_packages libpcap0.8 iproute2 tcpdump tshark netsniff-ng dnsmasq-base procps
  java_program deploy/standalone io.alertcap.standalone.Bench -Xmx256m -- "$@"
}

# java_program MODULE MAIN_CLASS JVM_OPTION... -- ARGUMENT...
java_program() {
  local module=$1 main=$2 options=()
  shift 2
  while [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  require_jdk
  ensure_built
  options+=(-XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED)
  # Kafka unmaps its index files with Unsafe.
  (($(jdk_version "$JAVA_HOME") < 24)) || options+=(--sun-misc-unsafe-memory-access=allow)
  exec "$JAVA_HOME/bin/java" "${options[@]}" \
    -cp "$ROOT/$module/target/${module##*/}.jar" "$main" "$@"
}
