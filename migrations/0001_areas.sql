-- Areas of administration. A code's prefix is its parent's code.
CREATE TABLE areas (
  code            text COLLATE "C" PRIMARY KEY CHECK (code <> ''),
  level           text NOT NULL CHECK (level IN ('district', 'street', 'community')),
  name            text NOT NULL CHECK (name <> ''),
  name_en         text,
  parent_code     text COLLATE "C" REFERENCES areas (code),
  geom            geometry(MultiPolygon, 4326),
  -- true: geom is the union of the area's grids and follows them; false: it was imported
  geom_from_grids boolean NOT NULL DEFAULT true,
  updated_at      timestamptz NOT NULL DEFAULT now(),
  CHECK (parent_code IS NULL OR (code <> parent_code AND starts_with(code, parent_code)))
);
CREATE INDEX areas_parent ON areas (parent_code);
CREATE INDEX areas_geom ON areas USING gist (geom);
