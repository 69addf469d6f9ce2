# shellcheck shell=bash
# Runs the tests, and says of each one that did not run why.

run_test() {
  local status=0
  require_jdk
  require_maven
  want_packages libpcap0.8 iproute2 tcpdump tshark dnsmasq-base netsniff-ng
  want_packages containerd runc busybox-static # apart: Docker brings its own containerd and runc
  want_packages prometheus prometheus-alertmanager
  want_packages docker.io
  say "testing with the JDK in $JAVA_HOME"
  bash "$ROOT/deploy/launcher/test.sh"
  with_build_lock verify_everything "$@" || status=$?
  return "$status"
}

verify_everything() {
  local started=$ROOT/target/tests-started status=0
  touch "$started"
  maven --fail-at-end verify "$@" || status=$?
  summary_of_reports_since "$started"
  ((status != 0 || $# != 0)) || mv "$started" "$BUILT"
  return "$status"
}

# From the XML reports that Surefire and Failsafe have written since a file was touched.
summary_of_reports_since() {
  find "$ROOT" -path '*/target/*-reports/TEST-*.xml' -newer "$1" -print0 |
    sort --zero-terminated |
    xargs --null --no-run-if-empty cat |
    awk -f "$ROOT/deploy/launcher/summary.awk"
}
