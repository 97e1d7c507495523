-- What walls show: every version of it is kept, the newest one is in force.
CREATE TABLE walls (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version    integer NOT NULL CHECK (version > 0),
  -- deleted walls keep their versions; nobody is shown them
  deleted_at timestamptz
);

CREATE TABLE wall_versions (
  wall_id    bigint NOT NULL REFERENCES walls (id),
  version    integer NOT NULL CHECK (version > 0),
  name       text NOT NULL CHECK (name <> ''),
  -- WallContent of domain/wall/wall.ts
  content    jsonb NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  changed_by text NOT NULL,
  PRIMARY KEY (wall_id, version)
);

-- What the screen shows; null: the ready-made scenes.
ALTER TABLE wall_devices ADD COLUMN wall_id bigint REFERENCES walls (id);

-- How somebody at a desk steers a wall now. Wall 0 is the ready-made one, which has no row in walls.
CREATE TABLE wall_steering (
  wall_id        bigint PRIMARY KEY,
  offset_seconds integer NOT NULL DEFAULT 0,
  pinned         text,
  camera         jsonb,
  mark           jsonb,
  -- pin, camera and mark hold until then
  until          timestamptz,
  steered_by     text NOT NULL
);

-- The last report of each screen. No outbox: one comes every 15 s from each, and only administrators look.
CREATE TABLE wall_reports (
  device_id    bigint PRIMARY KEY REFERENCES wall_devices (id) ON DELETE CASCADE,
  reported_at  timestamptz NOT NULL DEFAULT now(),
  -- WallReport of domain/wall/report.ts without its thumbnail
  report       jsonb NOT NULL,
  -- JPEG; the last one that came
  thumbnail    bytea
);

-- A repeated request to make a wall gets the same answer.
ALTER TABLE idempotency_keys ADD COLUMN wall_id bigint REFERENCES walls (id);
CREATE INDEX idempotency_keys_wall ON idempotency_keys (wall_id);

-- Tells which row changed: its key is the column that the trigger names.
CREATE FUNCTION record_row_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO changes (topic, key)
  VALUES (TG_TABLE_NAME, coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> TG_ARGV[0]);
  PERFORM pg_notify('changes', '');
  RETURN NULL;
END $$;
CREATE TRIGGER walls_changed AFTER INSERT OR UPDATE OR DELETE ON walls
  FOR EACH ROW EXECUTE FUNCTION record_row_change('id');
CREATE TRIGGER wall_steering_changed AFTER INSERT OR UPDATE OR DELETE ON wall_steering
  FOR EACH ROW EXECUTE FUNCTION record_row_change('wall_id');
-- Not when it only asked for something
CREATE TRIGGER wall_devices_changed AFTER INSERT OR DELETE OR UPDATE OF name, scope, wall_id, revoked_at ON wall_devices
  FOR EACH ROW EXECUTE FUNCTION record_row_change('id');
