# Sourced by test.sh: PostgreSQL and RabbitMQ for all test projects, from docker-compose.yml under a project and on ports of their own, or
# of Debian's packages (tests/Servers).

compose() { POSTGRES_PORT=0 RABBITMQ_PORT=0 RABBITMQ_MANAGEMENT_PORT=0 $compose --project-name "podcast-test-$$" "$@"; }

# Does nothing where both servers are given or Docker does not run. Where it runs but cannot bring them up, says so and leaves it
# to Debian's packages.
start_compose_servers() {
  [ -z "${PODCAST_TEST_POSTGRES:-}" ] || [ -z "${PODCAST_TEST_RABBITMQ:-}" ] || return 0
  docker info >/dev/null 2>&1 || return 0
  if docker compose version >/dev/null 2>&1; then compose="docker compose"
  elif command -v docker-compose >/dev/null; then compose="docker-compose"
  else return 0; fi

  echo "Starting the compose file's PostgreSQL and RabbitMQ ..."
  if ! compose up -d postgres rabbitmq >"$logs/compose" 2>&1 || ! await_healthy; then
    tail -n 3 "$logs/compose" >&2
    echo "Docker runs but could not bring the servers up; going on with Debian's packages." >&2
    stop_servers
    return 0
  fi
  : "${PODCAST_TEST_POSTGRES:="Host=127.0.0.1;Port=$(port postgres 5432);Username=postgres;Password=development-only;Database=postgres;SSL Mode=Disable;Pooling=false"}"
  if [ -z "${PODCAST_TEST_RABBITMQ:-}" ]; then
    PODCAST_TEST_RABBITMQ="amqp://operator:development-only@127.0.0.1:$(port rabbitmq 5672)"
    PODCAST_TEST_RABBITMQ_MANAGEMENT="http://127.0.0.1:$(port rabbitmq 15672)"
  fi
  export PODCAST_TEST_POSTGRES PODCAST_TEST_RABBITMQ PODCAST_TEST_RABBITMQ_MANAGEMENT="${PODCAST_TEST_RABBITMQ_MANAGEMENT:-}"
}

# What nobody has given by now. They end with their standard input, however this shell ends.
start_private_servers() {
  local setting
  coproc private { exec dotnet tests/Servers/bin/Debug/net10.0/Podcast.Servers.dll; }
  while read -r setting <&"${private[0]}" && [ -n "$setting" ]; do export "${setting?}"; done
  [ -n "${PODCAST_TEST_POSTGRES:-}" ] && [ -n "${PODCAST_TEST_RABBITMQ:-}" ]
}

stop_servers() {
  local pid=${private_PID:-}
  [ -z "$pid" ] || { exec {private[1]}>&-; wait "$pid" || true; }
  [ -z "${compose:-}" ] || compose down --volumes --remove-orphans >/dev/null 2>&1 || true
  compose=
}

port() { compose port "$1" "$2" | sed 's/.*://'; }

await_healthy() {
  local service
  for _ in $(seq 120); do
    for service in postgres rabbitmq; do
      [ "$(docker inspect -f '{{.State.Health.Status}}' "$(compose ps -q "$service")" 2>/dev/null)" = healthy ] || { sleep 1; continue 2; }
    done
    return 0
  done
  compose logs --tail 20 >>"$logs/compose" 2>&1
  return 1
}
