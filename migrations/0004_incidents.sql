CREATE TABLE categories (
  code        text COLLATE "C" PRIMARY KEY CHECK (code <> ''),
  parent_code text COLLATE "C" REFERENCES categories (code),
  name        text NOT NULL CHECK (name <> ''),
  name_en     text,
  kind        text NOT NULL DEFAULT 'event' CHECK (kind IN ('component', 'event'))
);
CREATE INDEX categories_parent ON categories (parent_code);

CREATE TABLE departments (
  code    text COLLATE "C" PRIMARY KEY CHECK (code <> ''),
  name    text NOT NULL CHECK (name <> ''),
  name_en text
);

CREATE TABLE incidents (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- the case number people quote; the stable key of a repeated import
  number          text COLLATE "C" NOT NULL UNIQUE CHECK (number <> ''),
  category_code   text COLLATE "C" NOT NULL REFERENCES categories (code),
  -- 1 critical, 2 major, 3 ordinary, 4 minor
  level           smallint NOT NULL DEFAULT 3 CHECK (level BETWEEN 1 AND 4),
  intake          text NOT NULL DEFAULT 'public' CHECK (intake IN ('patrol', 'video', 'public', 'superior')),
  title           text,
  description     text,
  address         text,
  department_code text COLLATE "C" REFERENCES departments (code),
  geom            geometry(Point, 4326) NOT NULL,
  -- the grid it was reported in, and the grid it stands in now; null: outside all grids
  grid_at_report  text COLLATE "C",
  grid_now        text COLLATE "C",
  -- the area of grid_now, '' outside all grids; what a scope is held against
  area_code       text COLLATE "C" NOT NULL DEFAULT '',
  reported_at     timestamptz NOT NULL,
  -- derived from the transitions, in their transaction
  status          text NOT NULL DEFAULT 'reported' CHECK (status IN
                    ('reported', 'filed', 'dispatched', 'handled', 'verified', 'closed', 'suspended', 'void')),
  due_at          timestamptz,
  closed_at       timestamptz,
  updated_at      timestamptz NOT NULL DEFAULT now(),
  CHECK (closed_at >= reported_at)
);
CREATE INDEX incidents_reported ON incidents (reported_at, id);
CREATE INDEX incidents_geom ON incidents USING gist (geom);
CREATE INDEX incidents_grid ON incidents (grid_now, reported_at DESC);
CREATE INDEX incidents_due ON incidents (due_at) WHERE closed_at IS NULL;

-- One step of an incident. Append-only: the truth that the incident's status columns are derived from.
CREATE TABLE transitions (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident_id bigint NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  at          timestamptz NOT NULL,
  actor       text NOT NULL CHECK (actor <> ''),
  from_status text,
  to_status   text NOT NULL CHECK (to_status IN
                ('reported', 'filed', 'dispatched', 'handled', 'verified', 'closed', 'suspended', 'void')),
  -- the deadline from this step on; null: as before
  due_at      timestamptz,
  reason      text
);
CREATE INDEX transitions_incident ON transitions (incident_id, at, id);

CREATE FUNCTION refuse_transition_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'transitions are append-only: add a correcting step instead';
END $$;
CREATE TRIGGER transitions_append_only BEFORE UPDATE ON transitions
  FOR EACH ROW EXECUTE FUNCTION refuse_transition_change();

CREATE FUNCTION derive_incident_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH touched AS (
    SELECT DISTINCT incident_id FROM added
  ), last_step AS (
    SELECT DISTINCT ON (t.incident_id) t.incident_id, t.to_status, t.at
      FROM transitions t JOIN touched USING (incident_id)
     ORDER BY t.incident_id, t.at DESC, t.id DESC
  ), last_deadline AS (
    SELECT DISTINCT ON (t.incident_id) t.incident_id, t.due_at
      FROM transitions t JOIN touched USING (incident_id)
     WHERE t.due_at IS NOT NULL
     ORDER BY t.incident_id, t.at DESC, t.id DESC
  ), derived AS (
    SELECT s.incident_id, s.to_status AS status, d.due_at,
           CASE WHEN s.to_status IN ('closed', 'void') THEN s.at END AS closed_at
      FROM last_step s LEFT JOIN last_deadline d USING (incident_id)
  )
  UPDATE incidents i
     SET status = derived.status, due_at = derived.due_at, closed_at = derived.closed_at, updated_at = now()
    FROM derived
   WHERE i.id = derived.incident_id
     AND (i.status, i.due_at, i.closed_at) IS DISTINCT FROM (derived.status, derived.due_at, derived.closed_at);
  RETURN NULL;
END $$;
CREATE TRIGGER transitions_derive_status AFTER INSERT ON transitions
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION derive_incident_status();
