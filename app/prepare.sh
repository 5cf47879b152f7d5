# Sourced by app/run.sh and tests/run.sh, from the top of the checkout.

# install_packages LIST...: installs what is missing of the packages named in the lists; with
# nothing missing it needs neither root nor network.
install_packages () {
  wanted=$(sed -e 's/#.*//' "$@" | tr -s ' \n' ' ')
  missing=
  for package in $wanted; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
      missing="$missing $package"
  done
  [ -n "$missing" ] || return 0

  sudo=
  if [ "$(id -u)" -ne 0 ]; then
    sudo=sudo
    command -v sudo >/dev/null 2>&1 || {
      echo "Qonys needs these Debian packages; ask an administrator to install them:$missing" >&2
      exit 1
    }
  fi
  echo "Installing Debian packages:$missing"
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null || {
    echo "The package lists cannot be fetched. Connect to the network once, then run this again." >&2
    exit 1
  }
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >/dev/null || {
    echo "Some packages cannot be installed:$missing" >&2
    exit 1
  }
}

# The language of a running program can be switched only in a real locale: make one if there is none.
ensure_locale () {
  locale -a 2>/dev/null | grep -qiE '^(kk_KZ|ru_RU|en_US)\.utf-?8$' && return 0
  [ "$(id -u)" -eq 0 ] || return 0
  localedef -i kk_KZ -f UTF-8 kk_KZ.UTF-8 2>/dev/null || true
}

# setup_build FOLDER OPTION...: configures once, then builds.
setup_build () {
  folder=$1
  shift
  [ -f "$folder/build.ninja" ] || meson setup "$folder" "$@" >"$folder.log" 2>&1 || {
    cat "$folder.log" >&2
    exit 1
  }
  rm -f "$folder.log"
  ninja -C "$folder" >"$folder/ninja.log" 2>&1 || {
    grep -vE '^\[[0-9]+/[0-9]+\]' "$folder/ninja.log" >&2
    exit 1
  }
}
