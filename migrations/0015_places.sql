-- Points that people look for: service stations, offices, shelters, hydrants.
CREATE TABLE places (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  external_id text COLLATE "C" NOT NULL UNIQUE CHECK (external_id <> ''),
  type        text NOT NULL CHECK (type IN ('station', 'office', 'shelter', 'hydrant', 'other')),
  name        text NOT NULL CHECK (name <> ''),
  name_en     text,
  address     text,
  phone       text,
  -- the grid in force that covers it, on an edge the one with the lower code; null: outside all grids
  grid_code   text COLLATE "C",
  -- the grid's area, '' outside all grids; what a scope is held against
  area_code   text COLLATE "C" NOT NULL DEFAULT '',
  search_text text NOT NULL GENERATED ALWAYS AS
                (lower(name || ' ' || coalesce(name_en, '') || ' ' || coalesce(address, ''))) STORED,
  geom        geometry(Point, 4326) NOT NULL
);
CREATE INDEX places_geom ON places USING gist (geom);
CREATE INDEX places_grid ON places (grid_code);
CREATE INDEX places_search ON places USING gin (search_text gin_trgm_ops);
CREATE TRIGGER places_changed AFTER INSERT OR UPDATE OR DELETE ON places
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER places_truncated AFTER TRUNCATE ON places
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER places_noted_new AFTER INSERT ON places REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER places_noted_old AFTER UPDATE ON places REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();

ALTER TABLE imports DROP CONSTRAINT imports_kind_check;
ALTER TABLE imports ADD CONSTRAINT imports_kind_check CHECK
  (kind IN ('areas', 'grids', 'buildings', 'incidents', 'categories', 'indicators', 'places'));
