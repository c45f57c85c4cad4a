#!/bin/bash
# Run once, when the database is made: one role and one schema per owner, and nobody reads another's tables.
set -e
psql -v ON_ERROR_STOP=1 -U postgres -d "$POSTGRES_DB" \
  -v database="$POSTGRES_DB" -v orchestrator="$POSTGRES_ORCHESTRATOR_PASSWORD" -v ingest="$POSTGRES_INGEST_PASSWORD" \
  -v lanes="$POSTGRES_LANES_PASSWORD" <<'SQL'
CREATE ROLE orchestrator LOGIN PASSWORD :'orchestrator';
CREATE ROLE ingest LOGIN PASSWORD :'ingest';
CREATE ROLE lanes LOGIN PASSWORD :'lanes';
CREATE SCHEMA orchestrator AUTHORIZATION orchestrator;
CREATE SCHEMA ingest AUTHORIZATION ingest;
CREATE SCHEMA lanes AUTHORIZATION lanes;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO orchestrator, ingest, lanes;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
SQL
