-- Whom to call about a case: the one personal record, apart from the case and gone some time after its end.
CREATE TABLE contacts (
  incident_id bigint PRIMARY KEY REFERENCES incidents (id) ON DELETE CASCADE,
  -- name and number, AES-256-GCM with a key that the database does not have
  sealed      bytea NOT NULL,
  -- of the number
  last_four   text NOT NULL CHECK (last_four ~ '^[0-9]{4}$'),
  created_at  timestamptz NOT NULL DEFAULT now()
);

-- What was done to one thing, the newest first.
CREATE INDEX audit_subject ON audit (subject COLLATE "C", day, seq);
