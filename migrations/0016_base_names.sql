-- Names of roads and waters stand in layers of their own, as the OpenMapTiles schema has them.
ALTER TABLE base_features DROP CONSTRAINT base_features_layer_check;
ALTER TABLE base_features ADD CONSTRAINT base_features_layer_check
  CHECK (layer IN ('water', 'water_name', 'landcover', 'landuse', 'transportation', 'transportation_name', 'place'));
