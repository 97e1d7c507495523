-- Requests to create something that were answered already: a repeat gets the same answer, nothing twice.
-- A key is kept a week.
CREATE TABLE idempotency_keys (
  key         text COLLATE "C" PRIMARY KEY CHECK (key <> ''),
  -- sha-256 of the body: the same key with another body is a mistake of the caller
  body_hash   text NOT NULL,
  -- null only inside the transaction that creates the case
  incident_id bigint REFERENCES incidents (id) ON DELETE CASCADE,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_incident ON idempotency_keys (incident_id);
