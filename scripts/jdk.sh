# shellcheck shell=bash
# Sourced by ./build and ./tallywatt: finds a JDK 25 or later, and says what to install where there is none.

# The feature number of the JDK at $1 ("25"), in the variable major; 0 if there is none.
# Its release file is read, where it has one: that takes no process.
jdk_major() {
  local line version=
  major=0
  [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    while IFS= read -r line; do
      case $line in
        JAVA_VERSION=*)
          version=${line#JAVA_VERSION=}
          version=${version//\"/}
          ;;
      esac
    done <"$1/release"
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9][^"]*\)".*/\1/p' | head -n 1)
  fi
  version=${version%%[!0-9]*}
  [ -n "$version" ] && major=$version
  return 0
}

# Is $1 the home of a JDK 25+ that can also compile?
jdk_fits() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] || return 1
  jdk_major "$1"
  [ "$major" -ge 25 ]
}

# The home of the java on the PATH, in the variable home; symbolic links followed.
jdk_on_path() {
  local java link hops=0
  home=
  java=$(command -v java) || return 0
  while [ -L "$java" ] && [ "$hops" -lt 40 ]; do
    link=$(readlink "$java") || return 0
    case $link in
      /*) java=$link ;;
      *) java=${java%/*}/$link ;;
    esac
    hops=$((hops + 1))
  done
  case $java in
    /usr/bin/java) ;; # a stub, as on a Mac
    */bin/java) home=${java%/bin/java} ;;
  esac
}

# Sets and exports JAVA_HOME; exits 3 where no JDK 25+ is found.
find_jdk() {
  local home major candidate
  if jdk_fits "${JAVA_HOME:-}"; then
    export JAVA_HOME
    return 0
  fi
  jdk_on_path
  if jdk_fits "$home"; then
    export JAVA_HOME=$home
    return 0
  fi
  for candidate in \
    /usr/lib/jvm/* \
    /opt/* \
    /opt/java/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if jdk_fits "$candidate"; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  cat >&2 <<'TEXT'
Tallywatt needs a JDK, version 25 or later, and found none (looked at JAVA_HOME, the PATH and the usual folders).
Install Eclipse Temurin 25, in one of these ways, and run the same command again:

  Debian, Ubuntu   apt-get install openjdk-25-jdk-headless     (or temurin-25-jdk, from Adoptium's repository)
  macOS            brew install --cask temurin@25
  SDKMAN           sdk install java 25-tem

A JDK somewhere else: set JAVA_HOME to its folder.
TEXT
  exit 3
}

# Exits 3 where there is no Maven.
need_mvn() {
  command -v mvn >/dev/null 2>&1 && return 0
  cat >&2 <<'TEXT'
Tallywatt is built with Maven (3.8.7 or later), and there is no mvn on the PATH. Install it in one of these ways:

  Debian, Ubuntu   apt-get install maven
  macOS            brew install maven
  SDKMAN           sdk install maven
TEXT
  exit 3
}
