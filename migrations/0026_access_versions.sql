-- Two administrators may have the same user before them: a change names the version that it changes.
ALTER TABLE users ADD COLUMN version integer NOT NULL DEFAULT 1;
-- Somebody of the organisation's own sign-in has no password here: who leaves there stays out here too.
UPDATE users SET password_hash = NULL, must_change_password = false WHERE open_id_subject IS NOT NULL;
ALTER TABLE users ADD CONSTRAINT users_one_way_in CHECK (open_id_subject IS NULL OR password_hash IS NULL);

-- Requests to let somebody in, a person or a screen, that were answered already: a repeat makes nothing twice.
-- A key is kept a week.
CREATE TABLE access_keys (
  key        text COLLATE "C" PRIMARY KEY,
  -- SHA-256 of the body: the same key with another body is a mistake of the caller
  body_hash  bytea NOT NULL,
  -- of the user or the screen; null only inside the transaction that makes it
  made_id    bigint,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX access_keys_created ON access_keys (created_at);
