# Sourced by test.sh: starts PostgreSQL and RabbitMQ for all test projects, except those that the environment names.
# PODCAST_TEST_SERVERS selects their source: "containers" (Testcontainers, with the images of docker-compose.yml) or
# "installed" (Debian's packages). Without it, containers are used if a Docker engine answers.

chosen=${PODCAST_TEST_SERVERS:-} # the user's choice; choose_servers may set the variable itself
export PODCAST_TEST_SERVERS

servers_are_given() { [ -n "${PODCAST_TEST_POSTGRES:-}" ] && [ -n "${PODCAST_TEST_RABBITMQ:-}" ]; }

choose_servers() {
  [ -z "$chosen" ] || return 0
  if docker info >/dev/null 2>&1; then PODCAST_TEST_SERVERS=containers; else PODCAST_TEST_SERVERS=installed; fi
}

# Prints its choice. If a Docker engine answers but cannot start the servers, falls back to Debian's packages, unless the user
# chose containers.
start_servers() {
  if servers_are_given; then
    echo "PostgreSQL and RabbitMQ are those that the environment names."
    return
  fi
  if ! try_servers; then
    [ "$PODCAST_TEST_SERVERS" = containers ] && [ -z "$chosen" ] || return 1
    echo "Docker runs but could not bring the servers up; going on with Debian's packages." >&2
    stop_servers
    PODCAST_TEST_SERVERS=installed
    install_missing
    try_servers || return 1
  fi
  case $PODCAST_TEST_SERVERS in
    containers) echo "PostgreSQL and RabbitMQ run in containers." ;;
    *) echo "PostgreSQL and RabbitMQ are private ones of Debian's packages." ;;
  esac
}

# The servers end when the program's standard input closes, so also if this shell is killed.
try_servers() {
  local setting out
  coproc servers { exec dotnet tests/Servers/bin/Debug/net10.0/Podcast.Servers.dll; }
  servers_pid=$servers_PID
  exec {out}<&"${servers[0]}" # a duplicate, because bash closes its descriptor as soon as the program has ended
  while read -r setting <&"$out" && [ -n "$setting" ]; do export "${setting?}"; done
  exec {out}<&-
  servers_are_given
}

stop_servers() {
  [ -n "${servers_pid:-}" ] || return 0
  [ -z "${servers[1]:-}" ] || exec {servers[1]}>&-
  wait "$servers_pid" 2>/dev/null || true
  servers_pid=
}
