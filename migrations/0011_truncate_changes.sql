-- Emptying a table is a change too: its statement triggers do not see it.
CREATE TRIGGER incidents_truncated AFTER TRUNCATE ON incidents
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER areas_truncated AFTER TRUNCATE ON areas
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER grids_truncated AFTER TRUNCATE ON grids
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER buildings_truncated AFTER TRUNCATE ON buildings
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER categories_truncated AFTER TRUNCATE ON categories
  FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
