# shellcheck shell=bash
# Finds a JDK: the one that happens to be the default is often too old.

readonly JDK_FLOOR=21

# Where distributions, vendors, images and SDKMAN put theirs.
JDK_FOLDERS=(
  /usr/lib/jvm/*
  /usr/java/*
  /opt/*
  /opt/java/*
  /opt/hostedtoolcache/Java_*/*/x64
  "${HOME:-}"/.sdkman/candidates/java/*
)

# The feature release of the JDK in a folder; 0 where there is none that compiles.
jdk_version() {
  local version=''
  [[ -x $1/bin/java && -x $1/bin/javac ]] || { echo 0 && return; }
  if [[ -r $1/release ]]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  else
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  fi
  echo "${version:-0}"
}

jdk_fits() {
  (($(jdk_version "$1") >= JDK_FLOOR))
}

# The folder of the java that PATH finds; empty where it finds none.
jdk_on_path() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f "$java")
  echo "${java%/bin/java}"
}

newest_jdk_in_folders() {
  local folder version newest='' newest_version=0
  for folder in "${JDK_FOLDERS[@]}"; do
    version=$(jdk_version "$folder")
    if ((version > newest_version)); then
      newest=$folder newest_version=$version
    fi
  done
  ((newest_version >= JDK_FLOOR)) && echo "$newest"
}

find_jdk() {
  local found
  if [[ -n ${JAVA_HOME:-} ]]; then
    jdk_fits "$JAVA_HOME" && echo "$JAVA_HOME" && return
    say "JAVA_HOME is $JAVA_HOME, which is no JDK from $JDK_FLOOR on: looking for another"
  fi
  found=$(jdk_on_path)
  [[ -n $found ]] && jdk_fits "$found" && echo "$found" && return
  newest_jdk_in_folders
}

require_jdk() {
  JAVA_HOME=$(find_jdk) || fail "$EXIT_UNAVAILABLE" \
    "there is no JDK from $JDK_FLOOR on, neither in JAVA_HOME, nor on the PATH, nor in the usual folders" \
    "apt-get install openjdk-21-jdk-headless, or a Temurin from https://adoptium.net" \
    "or set JAVA_HOME to where one is"
  export JAVA_HOME
}
