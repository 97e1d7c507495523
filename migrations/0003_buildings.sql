CREATE TABLE buildings (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id text COLLATE "C" NOT NULL UNIQUE CHECK (external_id <> ''),
  name        text,
  address     text,
  floors      integer CHECK (floors >= 0),
  height_m    real CHECK (height_m >= 0),
  households  integer CHECK (households >= 0),
  residents   integer CHECK (residents >= 0),
  estate_type text NOT NULL DEFAULT 'other' CHECK (estate_type IN ('old', 'new', 'other')),
  -- the grid in force that holds the largest part of the footprint; null: outside all grids
  grid_code   text COLLATE "C",
  -- the grid's area, '' outside all grids; what a scope is held against
  area_code   text COLLATE "C" NOT NULL DEFAULT '',
  -- what a search looks into; null where there is nothing to find
  search_text text GENERATED ALWAYS AS
                (nullif(btrim(lower(coalesce(name, '') || ' ' || coalesce(address, ''))), '')) STORED,
  geom        geometry(MultiPolygon, 4326) NOT NULL,
  geom_3857   geometry(MultiPolygon, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED
);
CREATE INDEX buildings_geom ON buildings USING gist (geom);
CREATE INDEX buildings_geom_3857 ON buildings USING gist (geom_3857);
CREATE INDEX buildings_grid ON buildings (grid_code);
CREATE INDEX buildings_search ON buildings USING gin (search_text gin_trgm_ops) WHERE search_text IS NOT NULL;
