#!/usr/bin/env bash
# Runs every test. Installs what is missing (Debian or Ubuntu, as root or with sudo), starts PostgreSQL and RabbitMQ
# privately on free ports unless PODCAST_TEST_POSTGRES / PODCAST_TEST_RABBITMQ name servers, and ends what it started.
#
#   ./test.sh              everything
#   ./test.sh Orchestrator the test projects whose name contains the word
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

install_missing() {
  local missing=()
  command -v ffmpeg >/dev/null || missing+=(ffmpeg)
  command -v pocketsphinx_continuous >/dev/null || missing+=(pocketsphinx pocketsphinx-en-us)
  [ -n "${PODCAST_TEST_POSTGRES:-}" ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  [ -n "${PODCAST_TEST_RABBITMQ:-}" ] || [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  echo "Installing ${missing[*]} ..."
  $sudo apt-get update -qq
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_missing
dotnet build Podcast.sln --nologo -v quiet -clp:NoSummary

results=$(mktemp)
trap 'rm -f "$results"' EXIT
failed_to_run=0
for project in tests/*.Tests; do
  name=$(basename "$project")
  [[ "$name" == *"${1:-}"* ]] || continue
  echo "== $name"
  if ! dotnet test "$project" --no-build --nologo --logger "console;verbosity=quiet" 2>&1 | tee /dev/stderr | grep -E '(Passed|Failed|Skipped)! +- Failed:' >>"$results" 2>/dev/null; then
    grep -q "$name.dll" "$results" || { echo "$name did not run to its end"; failed_to_run=$((failed_to_run + 1)); }
  fi
done 2>&1

awk -v crashed="$failed_to_run" '
  { match($0, /Failed: +[0-9]+/); split(substr($0, RSTART, RLENGTH), f, /: +/)
    match($0, /Passed: +[0-9]+/); split(substr($0, RSTART, RLENGTH), p, /: +/)
    match($0, /Skipped: +[0-9]+/); split(substr($0, RSTART, RLENGTH), s, /: +/)
    failed += f[2]; passed += p[2]; skipped += s[2] }
  END { failed += crashed; printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 || passed == 0 }' "$results"
