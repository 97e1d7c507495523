-- Imports through the web: dry runs, progress, a record of who did what, and what it takes to undo one.
ALTER TABLE imports DROP CONSTRAINT imports_state_check;
ALTER TABLE imports
  ADD CONSTRAINT imports_state_check CHECK (state IN
    ('queued', 'running', 'checked', 'done', 'refused', 'failed', 'cancelled', 'undone')),
  -- a check of files that writes nothing: it ends as 'checked'
  ADD COLUMN dry_run        boolean NOT NULL DEFAULT false,
  ADD COLUMN started_by     text,
  -- the deployment that holds the files while the import waits
  ADD COLUMN runner         text,
  ADD COLUMN options        jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN rows_inserted  bigint NOT NULL DEFAULT 0,
  ADD COLUMN rows_updated   bigint NOT NULL DEFAULT 0,
  ADD COLUMN rows_unchanged bigint NOT NULL DEFAULT 0,
  ADD COLUMN undone_at      timestamptz,
  ADD COLUMN undone_by      text;
CREATE INDEX imports_newest ON imports (id DESC) WHERE NOT dry_run;

-- Which column filled which field, for the next file of this kind with the same columns.
CREATE TABLE import_mappings (
  kind     text NOT NULL,
  -- hash of the sorted column names
  columns  text NOT NULL,
  settings jsonb NOT NULL,
  used_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, columns)
);

-- Every row an import inserted (before is null) or updated (before: the values it had in the columns that
-- changed), with a hash of what the import made of it: a row that looks otherwise now was changed since.
CREATE TABLE import_rows (
  import_id  bigint NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  table_name text NOT NULL,
  row_key    jsonb NOT NULL,
  before     jsonb,
  after_hash text NOT NULL
);
CREATE INDEX import_rows_import ON import_rows (import_id, table_name);

-- SQL for the stored columns of a row as one value. A shape goes as the hexadecimal text that reads back exactly.
CREATE FUNCTION import_row_image(rel regclass, row_name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT format('jsonb_build_object(%s)',
                string_agg(format('%L, %I.%I%s', attname, row_name, attname,
                                  CASE WHEN typname = 'geometry' THEN '::text' ELSE '' END), ', ' ORDER BY attnum))
    FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
   WHERE attrelid = rel AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
$$;

-- SQL for the primary key of a row as one value.
CREATE FUNCTION import_row_key(rel regclass, row_name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT format('jsonb_build_object(%s)',
                string_agg(format('%L, %I.%I', attname, row_name, attname), ', ' ORDER BY attnum))
    FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
   WHERE indrelid = rel AND indisprimary
$$;

-- SQL that holds for the row that a key of import_rows names.
CREATE FUNCTION import_row_match(rel regclass, row_name text, kept_name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT string_agg(format('%I.%I = (%I.row_key ->> %L)::%s', row_name, attname, kept_name, attname,
                           format_type(atttypid, atttypmod)), ' AND ' ORDER BY attnum)
    FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
   WHERE indrelid = rel AND indisprimary
$$;

-- Notes what a statement touches while an import asks for it: its transaction then has the table import_touched.
CREATE FUNCTION note_import_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('pg_temp.import_touched') IS NULL THEN
    RETURN NULL;
  END IF;
  EXECUTE format('INSERT INTO pg_temp.import_touched (table_name, row_key, before) SELECT %L, %s, %s FROM touched',
                 TG_TABLE_NAME, import_row_key(TG_RELID, 'touched'),
                 CASE TG_OP WHEN 'UPDATE' THEN import_row_image(TG_RELID, 'touched') ELSE 'NULL' END);
  RETURN NULL;
END $$;

-- Turns the notes of this transaction into rows of import_rows, of each row its first note.
CREATE FUNCTION keep_import_rows(import bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT DISTINCT table_name FROM pg_temp.import_touched LOOP
    EXECUTE format(
      'INSERT INTO import_rows (import_id, table_name, row_key, before, after_hash)
       SELECT $1, $2, first.row_key,
              CASE WHEN first.before IS NOT NULL THEN (
                SELECT jsonb_object_agg(key, value) FROM jsonb_each(first.before) WHERE (now.image -> key) IS DISTINCT FROM value
              ) END,
              md5(now.image::text)
         FROM (SELECT DISTINCT ON (row_key) row_key, before FROM pg_temp.import_touched
                WHERE table_name = $2 ORDER BY row_key, n) first
         JOIN %1$I stored ON %2$s
        CROSS JOIN LATERAL (SELECT %3$s AS image OFFSET 0) now
        WHERE first.before IS DISTINCT FROM now.image',
      name, import_row_match(name::regclass, 'stored', 'first'), import_row_image(name::regclass, 'stored'))
    USING import, name;
  END LOOP;
END $$;

-- The rows of a table that are no longer as the import left them.
CREATE FUNCTION changed_import_rows(import bigint, name text) RETURNS SETOF jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY EXECUTE format(
    'SELECT kept.row_key
       FROM import_rows kept
       LEFT JOIN %1$I stored ON %2$s
       LEFT JOIN LATERAL (SELECT %3$s AS image WHERE stored.ctid IS NOT NULL OFFSET 0) now ON true
      WHERE kept.import_id = $1 AND kept.table_name = $2 AND md5(now.image::text) IS DISTINCT FROM kept.after_hash',
    name, import_row_match(name::regclass, 'stored', 'kept'), import_row_image(name::regclass, 'stored'))
  USING import, name;
END $$;

-- Gives updated rows back the values they had.
CREATE FUNCTION restore_import_rows(import bigint, name text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  stored_columns text;
BEGIN
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO stored_columns
    FROM pg_attribute
   WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = '';
  EXECUTE format(
    'UPDATE %1$I stored SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(stored, kept.before))
       FROM import_rows kept
      WHERE kept.import_id = $1 AND kept.table_name = $2 AND kept.before IS NOT NULL AND %3$s',
    name, stored_columns, import_row_match(name::regclass, 'stored', 'kept'))
  USING import, name;
END $$;

-- Takes out the rows that the import inserted.
CREATE FUNCTION delete_import_rows(import bigint, name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'DELETE FROM %1$I stored USING import_rows kept
      WHERE kept.import_id = $1 AND kept.table_name = $2 AND kept.before IS NULL AND %2$s',
    name, import_row_match(name::regclass, 'stored', 'kept'))
  USING import, name;
END $$;

CREATE TRIGGER areas_noted_new AFTER INSERT ON areas REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER areas_noted_old AFTER UPDATE ON areas REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER grids_noted_new AFTER INSERT ON grids REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER grids_noted_old AFTER UPDATE ON grids REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER buildings_noted_new AFTER INSERT ON buildings REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER buildings_noted_old AFTER UPDATE ON buildings REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER incidents_noted_new AFTER INSERT ON incidents REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER incidents_noted_old AFTER UPDATE ON incidents REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER categories_noted_new AFTER INSERT ON categories REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER categories_noted_old AFTER UPDATE ON categories REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER departments_noted_new AFTER INSERT ON departments REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER departments_noted_old AFTER UPDATE ON departments REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER indicators_noted_new AFTER INSERT ON indicators REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER indicators_noted_old AFTER UPDATE ON indicators REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER indicator_values_noted_new AFTER INSERT ON indicator_values REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER indicator_values_noted_old AFTER UPDATE ON indicator_values REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
