# shellcheck shell=bash
# Builds with Maven, and only when something has changed.

readonly BUILT=$ROOT/target/built # as old as the sources that the jars were built from

require_maven() {
  local version major minor
  version=$(mvn -version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p') || true
  IFS=. read -r major minor _ <<<"${version:-0.0}"
  ((major > 3 || (major == 3 && minor >= 8))) || fail "$EXIT_UNAVAILABLE" \
    "alertcap is built with Maven from 3.8 on; found: ${version:-none}" "apt-get install maven"
}

# One Maven at a time in this directory; the lock goes when its holder does, however that ends.
with_build_lock() {
  mkdir -p "$ROOT/target"
  (
    flock --nonblock 9 || {
      say "another alertcap builds here: waiting for it"
      flock 9
    }
    export ALERTCAP_BUILDS=yes
    "$@"
  ) 9>"$ROOT/target/build.lock"
}

maven() {
  local colour=never options=${MAVEN_OPTS:-}
  [[ -t 1 ]] && colour=always
  # Maven's own libraries make newer JDKs warn.
  (($(jdk_version "$JAVA_HOME") < 24)) ||
    options="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED $options"
  (cd "$ROOT" && MAVEN_OPTS=$options exec mvn --batch-mode --no-transfer-progress \
    -Dstyle.color=$colour "$@" </dev/null)
}

is_built() {
  local jar changed
  for jar in trigger-service node-capturer deploy/standalone; do
    [[ -e $ROOT/$jar/target/${jar##*/}.jar ]] || return 1
  done
  [[ -e $BUILT ]] || return 1
  changed=$(find "$ROOT" \( -name target -o -name .git \) -prune -o \
    \( -path '*/src/main*' -o -name pom.xml \) -newer "$BUILT" -print -quit)
  [[ -z $changed ]]
}

build_now() {
  local log=$ROOT/target/build.log
  is_built && return # somebody else did, while this waited for the lock
  require_maven
  touch "$BUILT.next"
  say "building; the log is ${log#"$PWD"/}"
  if ! maven -Dmaven.test.skip=true -Dspotless.check.skip package 2>&1 | tee "$log" | show_progress; then
    tail -n 25 "$log" >&2
    fail "$EXIT_BROKEN" "the build failed: $log"
  fi
  mv "$BUILT.next" "$BUILT"
}

# One line that changes while somebody watches; nothing otherwise.
show_progress() {
  local line
  while IFS= read -r line; do
    [[ -t 2 && $line == *'Building alertcap :: '* ]] || continue
    line=${line#*Building alertcap :: }
    printf '\r\033[Kalertcap: building %s' "${line%% *}" >&2
  done
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
}

ensure_built() {
  # A test that starts a program gets what its own build has made.
  [[ -n ${ALERTCAP_BUILDS:-} ]] || is_built || with_build_lock build_now
}
