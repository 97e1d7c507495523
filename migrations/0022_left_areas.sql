-- A case that moves, or is handed to another department, changes for those it leaves too: they are told by the
-- area and the department that it had.
ALTER TABLE changes ADD COLUMN department_code text COLLATE "C";
-- What stands here does not say whose it was. Whoever was told of it loads anew once.
DELETE FROM changes;

CREATE OR REPLACE FUNCTION record_incident_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM touched LIMIT 1001) few) > 1000 THEN
    INSERT INTO changes (topic) VALUES ('incidents');
  ELSE
    INSERT INTO changes (topic, key, area_code, department_code)
    SELECT 'incident', id::text, area_code, department_code FROM touched ORDER BY id;
  END IF;
  PERFORM pg_notify('changes', '');
  RETURN NULL;
END $$;

CREATE FUNCTION record_incident_updates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM touched LIMIT 1001) few) > 1000 THEN
    INSERT INTO changes (topic) VALUES ('incidents');
  ELSE
    INSERT INTO changes (topic, key, area_code, department_code)
    SELECT 'incident', id::text, area_code, department_code FROM touched
     UNION ALL
    SELECT 'incident', left_behind.id::text, left_behind.area_code, left_behind.department_code
      FROM left_behind JOIN touched USING (id)
     WHERE (left_behind.area_code, left_behind.department_code)
           IS DISTINCT FROM (touched.area_code, touched.department_code)
     ORDER BY 2;
  END IF;
  PERFORM pg_notify('changes', '');
  RETURN NULL;
END $$;
DROP TRIGGER incidents_updated ON incidents;
CREATE TRIGGER incidents_updated AFTER UPDATE ON incidents
  REFERENCING OLD TABLE AS left_behind NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION record_incident_updates();
