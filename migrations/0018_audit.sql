-- Who did what, one row each, chained by hash within a day of UTC and from day to day.
CREATE TABLE audit (
  day        date NOT NULL,
  seq        integer NOT NULL CHECK (seq > 0),
  -- as text: the hash is over these very characters
  at         text COLLATE "C" NOT NULL,
  -- 'user', 'wall', 'system' or 'nobody'
  actor_kind text NOT NULL,
  actor_id   bigint,
  actor_name text NOT NULL,
  actor_role text,
  address    text,
  action     text COLLATE "C" NOT NULL,
  subject    text NOT NULL,
  outcome    text NOT NULL CHECK (outcome IN ('done', 'refused')),
  -- json keeps the characters that were written
  before     json,
  after      json,
  hash       bytea NOT NULL,
  PRIMARY KEY (day, seq)
);
CREATE INDEX audit_action ON audit (action, day, seq);
CREATE INDEX audit_actor ON audit (actor_name, day, seq);

-- The last row of each day; it stays when the rows of a day are purged.
CREATE TABLE audit_heads (
  day  date PRIMARY KEY,
  seq  integer NOT NULL,
  hash bytea NOT NULL
);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
