-- The base map of a deployment that has no base map of its own: water, green, railways, roads, place names.
CREATE TABLE base_features (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- OpenMapTiles layer and class, so that one style draws every base map
  layer     text NOT NULL CHECK (layer IN ('water', 'landcover', 'landuse', 'transportation', 'place')),
  class     text NOT NULL,
  name      text,
  name_en   text,
  min_zoom  smallint NOT NULL DEFAULT 0 CHECK (min_zoom BETWEEN 0 AND 22),
  geom      geometry(Geometry, 4326) NOT NULL,
  geom_3857 geometry(Geometry, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED
);
CREATE INDEX base_features_geom_3857 ON base_features USING gist (geom_3857);
CREATE TRIGGER base_features_changed AFTER INSERT OR UPDATE OR DELETE ON base_features
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
