#!/usr/bin/env bash
# The launcher's own decisions, on folders that look like JDKs. ./alertcap test runs it first.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT
checks=0

# expect WHAT EXPECTED ACTUAL
expect() {
  checks=$((checks + 1))
  [[ $2 == "$3" ]] || {
    printf 'launcher: %s: expected "%s", but it was "%s"\n' "$1" "$2" "$3" >&2
    exit 1
  }
}

# a_jdk NAME VERSION
a_jdk() {
  mkdir -p "$SCRATCH/$1/bin"
  printf 'JAVA_VERSION="%s"\n' "$2" >"$SCRATCH/$1/release"
  a_command "$1/bin/java" ''
  a_command "$1/bin/javac" ''
}

# a_command PATH SCRIPT
a_command() {
  mkdir -p "$(dirname "$SCRATCH/$1")"
  printf '#!/bin/sh\n%s\n' "$2" >"$SCRATCH/$1"
  chmod +x "$SCRATCH/$1"
}

# found_jdk JAVA_HOME PATH_FOLDER FOLDER...: in a shell of its own, with its notes thrown away
found_jdk() (
  source "$HERE/say.sh"
  source "$HERE/jdk.sh"
  export JAVA_HOME=$1
  PATH=${2:+$2:}$SCRATCH/nothing-here
  PATH+=:$SCRATCH/tools
  JDK_FOLDERS=("${@:3}")
  find_jdk 2>/dev/null || echo none
)

mkdir -p "$SCRATCH/tools"
ln -s "$(command -v sed)" "$(command -v readlink)" "$SCRATCH/tools"
a_jdk old 17.0.15
a_jdk fits 21.0.9
a_jdk newer 25
a_jdk legacy 1.8.0_392
a_jdk unnamed 0 && rm "$SCRATCH/unnamed/release"
a_command unnamed/bin/javac 'echo javac 24.0.1'
mkdir -p "$SCRATCH/jre/bin" && cp "$SCRATCH/newer/release" "$SCRATCH/jre" && a_command jre/bin/java ''

expect 'JAVA_HOME that fits' "$SCRATCH/fits" "$(found_jdk "$SCRATCH/fits" "$SCRATCH/newer/bin" "$SCRATCH/newer")"
expect 'JAVA_HOME too old' "$SCRATCH/fits" "$(found_jdk "$SCRATCH/old" '' "$SCRATCH/fits")"
expect 'the one on the PATH' "$SCRATCH/fits" "$(found_jdk '' "$SCRATCH/fits/bin" "$SCRATCH/newer")"
expect 'PATH too old' "$SCRATCH/fits" "$(found_jdk '' "$SCRATCH/old/bin" "$SCRATCH/old" "$SCRATCH/fits")"
expect 'the newest of the folders' "$SCRATCH/newer" "$(found_jdk '' '' "$SCRATCH"/*)"
expect 'no release file' "$SCRATCH/unnamed" "$(found_jdk '' '' "$SCRATCH/unnamed")"
expect 'no compiler' none "$(found_jdk '' '' "$SCRATCH/jre")"
expect 'all too old' none "$(found_jdk '' '' "$SCRATCH/old" "$SCRATCH/legacy")"
expect 'no folder at all' none "$(found_jdk '' '' "$SCRATCH/missing/*")"

summary=$(awk -f "$HERE/summary.awk" <<'END'
  <testcase name="passes" classname="io.alertcap.OneTest" time="0.1"/>
  <testcase name="needs" classname="io.alertcap.OneTest" time="0.0">
    <skipped message="tshark &amp; &quot;root&quot;"/>
  </testcase>
  <testcase name="assumes" classname="io.alertcap.TwoIT" time="0.0">
    <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: no Docker
	at io.alertcap.TwoIT]]></skipped>
  </testcase>
  <testcase name="breaks" classname="io.alertcap.TwoIT" time="0.0">
    <failure message="no"/>
  </testcase>
END
)
expect 'the summary of reports' "
Skipped here:
  OneTest.needs: tshark & \"root\"
  TwoIT.assumes: no Docker

4 tests: 1 passed, 1 failed, 2 skipped" "$summary"

# programs_command FUNCTION: what it would start, with a java that says so
programs_command() (
  source "$HERE/programs.sh"
  require_jdk() { :; }
  ensure_built() { :; }
  jdk_version() { echo 21; }
  export JAVA_HOME=$SCRATCH/says ROOT=/project
  "$1" argument
)
a_command says/bin/java 'echo "$@"'
started=$(programs_command run_trigger)
expect 'jars of plugins after the program' yes \
  "$([[ $started == *' -cp /project/trigger-service/target/trigger-service.jar:/project/plugins/* io.alertcap.trigger.Main argument' ]] && echo yes || echo "$started")"

status=0
"$HERE/../../alertcap" no-such-command 2>/dev/null || status=$?
expect 'the status for an unknown command' 64 "$status"

echo "launcher: $checks checks passed"
