#!/bin/bash
# Run once, when the database is made: one role and one schema per owner, and nobody reads another's tables.
set -e
psql -v ON_ERROR_STOP=1 -U postgres -d "$POSTGRES_DB" \
  -v database="$POSTGRES_DB" -v orchestrator="$POSTGRES_ORCHESTRATOR_PASSWORD" -v ingest="$POSTGRES_INGEST_PASSWORD" \
  -v lanes="$POSTGRES_LANES_PASSWORD" -v publishing="$POSTGRES_PUBLISHING_PASSWORD" <<'SQL'
CREATE ROLE orchestrator LOGIN PASSWORD :'orchestrator';
CREATE ROLE ingest LOGIN PASSWORD :'ingest';
CREATE ROLE lanes LOGIN PASSWORD :'lanes';
CREATE ROLE publishing LOGIN PASSWORD :'publishing';
CREATE SCHEMA orchestrator AUTHORIZATION orchestrator;
CREATE SCHEMA ingest AUTHORIZATION ingest;
CREATE SCHEMA lanes AUTHORIZATION lanes;
CREATE SCHEMA publishing AUTHORIZATION publishing;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO orchestrator, ingest, lanes, publishing;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
-- Long texts (transcripts, messages in an outbox) are compressed with a sixth of the CPU time.
ALTER DATABASE :"database" SET default_toast_compression = 'lz4';
SQL
