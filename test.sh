#!/usr/bin/env bash
# Runs the tests. PostgreSQL and RabbitMQ are those that PODCAST_TEST_POSTGRES and PODCAST_TEST_RABBITMQ name, else containers
# if a Docker engine answers, else Debian's packages, started privately on free ports; PODCAST_TEST_SERVERS=containers or
# installed overrides this. The script prints its choice, installs missing packages (Debian or Ubuntu, as root or with sudo) and
# stops the servers that it started.
#
#   ./test.sh              all tests but those that take minutes each: the fault runs, and a broker outage under load
#   ./test.sh --long       all tests
#   ./test.sh Orchestrator the test projects whose name contains the word
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
export DOTNET_TieredPGO=0 DOTNET_TC_CallCounting=0 # the processes are too short-lived for tiered recompilation to pay
export DOTNET_hostBuilder__reloadConfigOnChange=false # no test changes a file of settings, and a machine has few file watchers
export logs=$(mktemp -d) filter='Length!=minutes' limit=900 patience=3min # time limits of a project and of a single hanging test
at_once=3 # projects: most of their time they wait for brokers, processes and clocks
if [ "${1:-}" = --long ]; then
  filter='' limit=1800 patience=20min at_once=1
  shift
fi
trap 'stop_servers; rm -rf "$logs"' EXIT
. tests/servers.sh

install_missing() {
  local missing=()
  command -v ffmpeg >/dev/null || missing+=(ffmpeg)
  [ -n "$filter" ] || ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || missing+=(libfaketime)
  [ -x /usr/bin/chromium ] || missing+=(chromium)
  command -v pocketsphinx_continuous >/dev/null || missing+=(pocketsphinx pocketsphinx-en-us)
  if [ "$PODCAST_TEST_SERVERS" = installed ]; then
    [ -n "${PODCAST_TEST_POSTGRES:-}" ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
    [ -n "${PODCAST_TEST_RABBITMQ:-}" ] || [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
  fi
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  echo "Installing ${missing[*]} ..."
  $sudo apt-get update -qq
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

run() { # PROJECT [DATABASE]: runs its tests, prints what they said and appends one line of totals to $logs/results
  local name output status=0
  name=$(basename "$1")
  output="$logs/$name.${2:-}"
  PODCAST_TEST_INGEST=${2:-} timeout "$limit" dotnet test "$1/bin/Debug/net10.0/Podcast.$name.dll" --nologo ${filter:+--filter "$filter"} \
    --results-directory "$logs/hang" --blame-hang-timeout "$patience" --blame-hang-dump-type none >"$output" 2>&1 || status=$?
  {
    echo "== $name${2:+ on $2}"
    grep -vE '^(Data collector .Blame. message: All tests finished|Test run for|A total of|Starting test|VSTest version|$)' "$output"
    # An aborted run may still print "Passed!" for the tests that it had finished.
    if ! grep -E '(Passed|Failed|Skipped)! +- Failed:' "$output" >>"$logs/results" \
      || { [ $status -ne 0 ] && ! grep -q '^Failed! ' "$output"; }; then
      echo "$name did not run to its end"
      echo "Failed: 1" >>"$logs/results"
    fi
  } >"$output.said"
  cat "$output.said"
}
export -f run

projects() { # WORD: the test projects whose name contains it; the API's run on both databases
  { # those that take minutes first: begun last, one would run alone, and a core would wait for it
    printf 'tests/%s.Tests\n' Batch Console Emulators EndToEnd Publishing Ingest.Api Standalone
    echo "tests/Ingest.Api.Tests postgres"
    printf '%s\n' tests/*.Tests
  } | awk -v word="$1" '!seen[$0]++ && (word == "" || index(substr($1, length("tests/") + 1), word))'
}

choose_servers
install_missing >"$logs/installed" 2>&1 & installing=$! # in parallel with the build
dotnet build Podcast.sln --nologo -v quiet -clp:NoSummary -p:UseSharedCompilation=true
dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
wait "$installing" || { cat "$logs/installed"; exit 1; }
start_servers

touch "$logs/results"
projects "${1:-}" | xargs -r -P "$at_once" -L 1 bash -c 'run "$@"' run
[ -z "$filter" ] || echo "Not run: the tests that take minutes each, in FaultRunner.Tests and EndToEnd.Tests (./test.sh --long)"

awk '
  function count(word) { return match($0, word ": +[0-9]+") ? substr($0, RSTART + length(word) + 1, RLENGTH) + 0 : 0 }
  { failed += count("Failed"); passed += count("Passed"); skipped += count("Skipped") }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 || passed == 0 }' "$logs/results"
