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
dotnet build Podcast.sln --nologo -v quiet -clp:NoSummary -p:UseSharedCompilation=true
dotnet build-server shutdown --vbcscompiler >/dev/null

log=$(mktemp) results=$(mktemp)
trap 'rm -f "$log" "$results"' EXIT
for project in tests/*.Tests; do
  name=$(basename "$project")
  [[ "$name" == *"${1:-}"* ]] || continue
  echo "== $name"
  timeout 600 dotnet test "$project" --no-build --nologo >"$log" 2>&1 || true
  grep -vE '^(Test run for|A total of|Starting test|VSTest version|$)' "$log" || true
  grep -E '(Passed|Failed|Skipped)! +- Failed:' "$log" >>"$results" || { echo "$name did not run to its end"; echo "Failed: 1" >>"$results"; }
done

awk '
  function count(word) { return match($0, word ": +[0-9]+") ? substr($0, RSTART + length(word) + 1, RLENGTH) + 0 : 0 }
  { failed += count("Failed"); passed += count("Passed"); skipped += count("Skipped") }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 || passed == 0 }' "$results"
