-- Screens that nobody sits at: each was paired once by its code and reads with a token of its own.
CREATE TABLE wall_devices (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text NOT NULL CHECK (name <> ''),
  -- area codes; '' is everything
  scope        text[] NOT NULL CHECK (cardinality(scope) > 0),
  -- SHA-256; null: the screen has not fetched its token yet
  token_hash   bytea UNIQUE,
  paired_at    timestamptz NOT NULL DEFAULT now(),
  paired_by    text NOT NULL,
  last_seen_at timestamptz,
  last_address text,
  revoked_at   timestamptz
);

-- Screens that show a code and wait.
CREATE TABLE wall_pairings (
  code        text COLLATE "C" PRIMARY KEY,
  -- SHA-256 of what the screen alone knows: whoever reads the code over its shoulder gets no token
  secret_hash bytea NOT NULL UNIQUE,
  address     text NOT NULL,
  expires_at  timestamptz NOT NULL,
  -- null: nobody has typed the code in yet
  device_id   bigint REFERENCES wall_devices (id) ON DELETE CASCADE
);
