-- The outbox: every visible write appends to it in its own transaction.
-- A reader's position is (xid, seq), and it reads only rows whose transaction is older than every running
-- one (xid < pg_snapshot_xmin(pg_current_snapshot())): a row that commits late then never lies behind a
-- position already passed.
CREATE TABLE changes (
  seq       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid       xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at        timestamptz NOT NULL DEFAULT now(),
  -- 'incident': one case (key = its id). 'incidents': too many for a row each, reload.
  -- 'areas', 'grids', 'buildings', 'categories', 'base_features': the table changed.
  topic     text NOT NULL,
  key       text,
  area_code text COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX changes_position ON changes (xid, seq);
CREATE INDEX changes_at ON changes (at);
CREATE INDEX changes_topic ON changes (topic, seq);

CREATE FUNCTION record_incident_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM touched LIMIT 1001) few) > 1000 THEN
    INSERT INTO changes (topic) VALUES ('incidents');
  ELSE
    INSERT INTO changes (topic, key, area_code) SELECT 'incident', id::text, area_code FROM touched ORDER BY id;
  END IF;
  PERFORM pg_notify('changes', '');
  RETURN NULL;
END $$;
CREATE TRIGGER incidents_inserted AFTER INSERT ON incidents REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION record_incident_changes();
CREATE TRIGGER incidents_updated AFTER UPDATE ON incidents REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION record_incident_changes();
CREATE TRIGGER incidents_deleted AFTER DELETE ON incidents REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION record_incident_changes();

CREATE FUNCTION record_table_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO changes (topic) VALUES (TG_TABLE_NAME);
  PERFORM pg_notify('changes', '');
  RETURN NULL;
END $$;
CREATE TRIGGER areas_changed AFTER INSERT OR UPDATE OR DELETE ON areas
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER grids_changed AFTER INSERT OR UPDATE OR DELETE ON grids
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER buildings_changed AFTER INSERT OR UPDATE OR DELETE ON buildings
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER categories_changed AFTER INSERT OR UPDATE OR DELETE ON categories
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
