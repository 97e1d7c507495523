-- Grid versions: a grid's shape and attributes from valid_from (included) to valid_to (excluded).
-- History is never overwritten; a code whose last version has ended is never used again.
CREATE TABLE grids (
  code         text COLLATE "C" NOT NULL CHECK (code <> ''),
  valid_from   date NOT NULL,
  valid_to     date,
  area_code    text COLLATE "C" NOT NULL REFERENCES areas (code),
  name         text NOT NULL CHECK (name <> ''),
  name_en      text,
  estate_type  text NOT NULL DEFAULT 'other' CHECK (estate_type IN ('old', 'new', 'other')),
  households   integer CHECK (households >= 0),
  residents    integer CHECK (residents >= 0),
  staff_count  integer CHECK (staff_count >= 0),
  -- imported although a gap or overlap above the tolerance was found on its border
  needs_repair boolean NOT NULL DEFAULT false,
  geom         geometry(MultiPolygon, 4326) NOT NULL,
  geom_3857    geometry(MultiPolygon, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
  updated_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (code, valid_from),
  CHECK (valid_to > valid_from),
  CONSTRAINT grids_one_version_a_day EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to) WITH &&)
);
CREATE INDEX grids_geom ON grids USING gist (geom);
CREATE INDEX grids_geom_3857 ON grids USING gist (geom_3857);
CREATE INDEX grids_area ON grids (area_code);
