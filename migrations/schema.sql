-- The schema that the migrations make, to be read. Written by `npm run dump-schema`; do not edit.

CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION postgis;

CREATE OR REPLACE FUNCTION public.changed_import_rows(import bigint, name text)
 RETURNS SETOF jsonb
 LANGUAGE plpgsql
 STABLE
AS $function$
BEGIN
  RETURN QUERY EXECUTE format(
    'SELECT kept.row_key
       FROM import_rows kept
       LEFT JOIN %1$I stored ON %2$s
       LEFT JOIN LATERAL (SELECT %3$s AS image WHERE stored.ctid IS NOT NULL OFFSET 0) now ON true
      WHERE kept.import_id = $1 AND kept.table_name = $2 AND md5(now.image::text) IS DISTINCT FROM kept.after_hash',
    name, import_row_match(name::regclass, 'stored', 'kept'), import_row_image(name::regclass, 'stored'))
  USING import, name;
END $function$;

CREATE OR REPLACE FUNCTION public.current_department()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  SELECT nullif(current_setting('app.department', true), '')
$function$;

CREATE OR REPLACE FUNCTION public.current_scope()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  SELECT coalesce(nullif(current_setting('app.scope', true), '')::text[], '{}')
$function$;

CREATE OR REPLACE FUNCTION public.delete_import_rows(import bigint, name text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  EXECUTE format(
    'DELETE FROM %1$I stored USING import_rows kept
      WHERE kept.import_id = $1 AND kept.table_name = $2 AND kept.before IS NULL AND %2$s',
    name, import_row_match(name::regclass, 'stored', 'kept'))
  USING import, name;
END $function$;

CREATE OR REPLACE FUNCTION public.derive_incident_status()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  LOCK TABLE incidents IN ROW EXCLUSIVE MODE;
  PERFORM 1 FROM incidents
    WHERE id IN (SELECT incident_id FROM added) AND xmin <> pg_current_xact_id()::xid
    ORDER BY id
      FOR NO KEY UPDATE;
  WITH touched AS (
    SELECT DISTINCT incident_id FROM added
  ), last_step AS (
    SELECT DISTINCT ON (t.incident_id) t.incident_id, t.to_status, t.at
      FROM transitions t JOIN touched USING (incident_id)
     ORDER BY t.incident_id, t.at DESC, t.id DESC
  ), last_deadline AS (
    SELECT DISTINCT ON (t.incident_id) t.incident_id, t.due_at
      FROM transitions t JOIN touched USING (incident_id)
     WHERE t.due_at IS NOT NULL
     ORDER BY t.incident_id, t.at DESC, t.id DESC
  ), derived AS (
    SELECT s.incident_id, s.to_status AS status, d.due_at,
           CASE WHEN s.to_status IN ('closed', 'void') THEN s.at END AS closed_at
      FROM last_step s LEFT JOIN last_deadline d USING (incident_id)
  )
  UPDATE incidents i
     SET status = derived.status, due_at = derived.due_at, closed_at = derived.closed_at, updated_at = now()
    FROM derived
   WHERE i.id = derived.incident_id
     AND (i.status, i.due_at, i.closed_at) IS DISTINCT FROM (derived.status, derived.due_at, derived.closed_at);
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.import_row_image(rel regclass, row_name text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  SELECT format('jsonb_build_object(%s)',
                string_agg(format('%L, %I.%I%s', attname, row_name, attname,
                                  CASE WHEN typname = 'geometry' THEN '::text' ELSE '' END), ', ' ORDER BY attnum))
    FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
   WHERE attrelid = rel AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
$function$;

CREATE OR REPLACE FUNCTION public.import_row_key(rel regclass, row_name text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  SELECT format('jsonb_build_object(%s)',
                string_agg(format('%L, %I.%I', attname, row_name, attname), ', ' ORDER BY attnum))
    FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
   WHERE indrelid = rel AND indisprimary
$function$;

CREATE OR REPLACE FUNCTION public.import_row_match(rel regclass, row_name text, kept_name text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  SELECT string_agg(format('%I.%I = (%I.row_key ->> %L)::%s', row_name, attname, kept_name, attname,
                           format_type(atttypid, atttypmod)), ' AND ' ORDER BY attnum)
    FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
   WHERE indrelid = rel AND indisprimary
$function$;

CREATE OR REPLACE FUNCTION public.keep_import_rows(import bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION public.matching_incidents(visible_areas text[], reported_from timestamp with time zone, reported_to timestamp with time zone, wanted_categories text[], wanted_statuses text[], wanted_levels integer[], wanted_intakes text[], wanted_departments text[], within_area text, standing_in_grid text, is_open boolean)
 RETURNS SETOF incidents
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  SELECT i.*
    FROM incidents i
   WHERE i.area_code ^@ ANY (visible_areas)
     AND (reported_from IS NULL OR i.reported_at >= reported_from)
     AND (reported_to IS NULL OR i.reported_at < reported_to)
     AND (wanted_categories IS NULL OR i.category_code IN (
           WITH RECURSIVE wanted AS (
             SELECT unnest(wanted_categories) COLLATE "C" AS code
              UNION
             SELECT c.code FROM categories c JOIN wanted w ON c.parent_code = w.code
           )
           SELECT code FROM wanted))
     AND (wanted_statuses IS NULL OR i.status = ANY (wanted_statuses))
     AND (wanted_levels IS NULL OR i.level = ANY (wanted_levels))
     AND (wanted_intakes IS NULL OR i.intake = ANY (wanted_intakes))
     AND (wanted_departments IS NULL OR i.department_code = ANY (wanted_departments))
     AND (within_area IS NULL OR i.area_code ^@ within_area)
     AND (standing_in_grid IS NULL OR i.grid_now = standing_in_grid)
     AND (is_open IS NULL OR (i.closed_at IS NULL) = is_open)
$function$;

CREATE OR REPLACE FUNCTION public.note_import_rows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF to_regclass('pg_temp.import_touched') IS NULL THEN
    RETURN NULL;
  END IF;
  EXECUTE format('INSERT INTO pg_temp.import_touched (table_name, row_key, before) SELECT %L, %s, %s FROM touched',
                 TG_TABLE_NAME, import_row_key(TG_RELID, 'touched'),
                 CASE TG_OP WHEN 'UPDATE' THEN import_row_image(TG_RELID, 'touched') ELSE 'NULL' END);
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.record_incident_changes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM touched LIMIT 1001) few) > 1000 THEN
    INSERT INTO changes (topic) VALUES ('incidents');
  ELSE
    INSERT INTO changes (topic, key, area_code, department_code)
    SELECT 'incident', id::text, area_code, department_code FROM touched ORDER BY id;
  END IF;
  PERFORM pg_notify('changes', '');
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.record_incident_updates()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION public.record_row_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO changes (topic, key)
  VALUES (TG_TABLE_NAME, coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> TG_ARGV[0]);
  PERFORM pg_notify('changes', '');
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.record_table_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO changes (topic) VALUES (TG_TABLE_NAME);
  PERFORM pg_notify('changes', '');
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'the audit is append-only';
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_early_audit_end()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF OLD.day > (now() AT TIME ZONE 'UTC')::date - 180 THEN
    RAISE EXCEPTION 'the audit of a day is kept for 180 days';
  END IF;
  RETURN OLD;
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_transition_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'transitions are append-only: add a correcting step instead';
END $function$;

CREATE OR REPLACE FUNCTION public.restore_import_rows(import bigint, name text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION public.scope_table(name regclass, condition text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('DROP POLICY IF EXISTS in_scope ON %s', name);
  EXECUTE format('CREATE POLICY in_scope ON %s FOR SELECT USING (%s)', name, condition);
  EXECUTE format('CREATE OR REPLACE VIEW scoped.%1$I AS SELECT * FROM public.%1$I WHERE %2$s',
                 (SELECT relname FROM pg_class WHERE oid = name), condition);
END $function$;

CREATE TABLE access_keys (
  key text COLLATE "C" NOT NULL,
  body_hash bytea NOT NULL,
  made_id bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT access_keys_pkey PRIMARY KEY (key)
);
CREATE INDEX access_keys_created ON public.access_keys USING btree (created_at);

CREATE TABLE alarm_cases (
  wall_id bigint NOT NULL,
  rule_id text NOT NULL,
  incident_id bigint NOT NULL,
  alarm_id bigint NOT NULL,
  CONSTRAINT alarm_cases_pkey PRIMARY KEY (wall_id, rule_id, incident_id),
  CONSTRAINT alarm_cases_alarm_id_fkey FOREIGN KEY (alarm_id) REFERENCES alarms(id) ON DELETE CASCADE
);
CREATE INDEX alarm_cases_alarm ON public.alarm_cases USING btree (alarm_id);

CREATE TABLE alarms (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  source text NOT NULL,
  wall_id bigint,
  rule_id text,
  cap_message text,
  language text NOT NULL,
  raised_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  level smallint NOT NULL,
  place_code text COLLATE "C" NOT NULL,
  place_name text NOT NULL,
  area_code text COLLATE "C" NOT NULL,
  geom geometry(Point,4326),
  incident_ids bigint[] NOT NULL DEFAULT '{}'::bigint[],
  acknowledged_at timestamp with time zone,
  acknowledged_by text,
  CONSTRAINT alarms_pkey PRIMARY KEY (id),
  CONSTRAINT alarms_cap_message_key UNIQUE (cap_message),
  CONSTRAINT alarms_check CHECK (((source = 'rule'::text) = ((wall_id IS NOT NULL) AND (rule_id IS NOT NULL)))),
  CONSTRAINT alarms_check1 CHECK (((source = 'cap'::text) = (cap_message IS NOT NULL))),
  CONSTRAINT alarms_check2 CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
  CONSTRAINT alarms_level_check CHECK (((level >= 1) AND (level <= 4))),
  CONSTRAINT alarms_source_check CHECK ((source = ANY (ARRAY['rule'::text, 'cap'::text])))
);
CREATE INDEX alarms_expires ON public.alarms USING btree (expires_at);
CREATE TRIGGER alarms_changed AFTER INSERT OR DELETE OR UPDATE ON public.alarms FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE POLICY in_scope ON alarms FOR SELECT USING (((area_code ^@ ANY (( SELECT current_scope() AS current_scope)::text[])) OR ((source = 'cap'::text) AND (EXISTS ( SELECT
   FROM unnest(( SELECT current_scope() AS current_scope)) own(own)
  WHERE (own.own ^@ alarms.area_code))))));

CREATE TABLE areas (
  code text COLLATE "C" NOT NULL,
  level text NOT NULL,
  name text NOT NULL,
  name_en text,
  parent_code text COLLATE "C",
  geom geometry(MultiPolygon,4326),
  geom_from_grids boolean NOT NULL DEFAULT true,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT areas_pkey PRIMARY KEY (code),
  CONSTRAINT areas_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES areas(code),
  CONSTRAINT areas_check CHECK (((parent_code IS NULL) OR ((code <> parent_code) AND starts_with(code, parent_code)))),
  CONSTRAINT areas_code_check CHECK ((code <> ''::text)),
  CONSTRAINT areas_level_check CHECK ((level = ANY (ARRAY['district'::text, 'street'::text, 'community'::text]))),
  CONSTRAINT areas_name_check CHECK ((name <> ''::text))
);
CREATE INDEX areas_geom ON public.areas USING gist (geom);
CREATE INDEX areas_parent ON public.areas USING btree (parent_code);
CREATE TRIGGER areas_changed AFTER INSERT OR DELETE OR UPDATE ON public.areas FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER areas_noted_new AFTER INSERT ON public.areas REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER areas_noted_old AFTER UPDATE ON public.areas REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER areas_truncated AFTER TRUNCATE ON public.areas FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE POLICY in_scope ON areas FOR SELECT USING ((code ^@ ANY (( SELECT current_scope() AS current_scope)::text[])));

CREATE TABLE audit (
  day date NOT NULL,
  seq integer NOT NULL,
  at text COLLATE "C" NOT NULL,
  actor_kind text NOT NULL,
  actor_id bigint,
  actor_name text NOT NULL,
  actor_role text,
  address text,
  action text COLLATE "C" NOT NULL,
  subject text NOT NULL,
  outcome text NOT NULL,
  before json,
  after json,
  hash bytea NOT NULL,
  CONSTRAINT audit_pkey PRIMARY KEY (day, seq),
  CONSTRAINT audit_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text]))),
  CONSTRAINT audit_seq_check CHECK ((seq > 0))
);
CREATE INDEX audit_action ON public.audit USING btree (action, day, seq);
CREATE INDEX audit_actor ON public.audit USING btree (actor_name, day, seq);
CREATE INDEX audit_subject ON public.audit USING btree (subject COLLATE "C", day, seq);
CREATE TRIGGER audit_append_only BEFORE UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_kept BEFORE DELETE ON public.audit FOR EACH ROW EXECUTE FUNCTION refuse_early_audit_end();

CREATE TABLE audit_heads (
  day date NOT NULL,
  seq integer NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT audit_heads_pkey PRIMARY KEY (day)
);

CREATE TABLE base_features (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  layer text NOT NULL,
  class text NOT NULL,
  name text,
  name_en text,
  min_zoom smallint NOT NULL DEFAULT 0,
  geom geometry(Geometry,4326) NOT NULL,
  geom_3857 geometry(Geometry,3857) NOT NULL GENERATED ALWAYS AS (st_transform(geom, 3857)) STORED,
  CONSTRAINT base_features_pkey PRIMARY KEY (id),
  CONSTRAINT base_features_layer_check CHECK ((layer = ANY (ARRAY['water'::text, 'water_name'::text, 'landcover'::text, 'landuse'::text, 'transportation'::text, 'transportation_name'::text, 'place'::text]))),
  CONSTRAINT base_features_min_zoom_check CHECK (((min_zoom >= 0) AND (min_zoom <= 22)))
);
CREATE INDEX base_features_geom_3857 ON public.base_features USING gist (geom_3857);
CREATE TRIGGER base_features_changed AFTER INSERT OR DELETE OR UPDATE ON public.base_features FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();

CREATE TABLE buildings (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  external_id text COLLATE "C" NOT NULL,
  name text,
  address text,
  floors integer,
  height_m real,
  households integer,
  residents integer,
  estate_type text NOT NULL DEFAULT 'other'::text,
  grid_code text COLLATE "C",
  area_code text COLLATE "C" NOT NULL DEFAULT ''::text,
  search_text text GENERATED ALWAYS AS (NULLIF(btrim(lower(((COALESCE(name, ''::text) || ' '::text) || COALESCE(address, ''::text)))), ''::text)) STORED,
  geom geometry(MultiPolygon,4326) NOT NULL,
  geom_3857 geometry(MultiPolygon,3857) NOT NULL GENERATED ALWAYS AS (st_transform(geom, 3857)) STORED,
  CONSTRAINT buildings_pkey PRIMARY KEY (id),
  CONSTRAINT buildings_external_id_key UNIQUE (external_id),
  CONSTRAINT buildings_estate_type_check CHECK ((estate_type = ANY (ARRAY['old'::text, 'new'::text, 'other'::text]))),
  CONSTRAINT buildings_external_id_check CHECK ((external_id <> ''::text)),
  CONSTRAINT buildings_floors_check CHECK ((floors >= 0)),
  CONSTRAINT buildings_height_m_check CHECK ((height_m >= (0)::double precision)),
  CONSTRAINT buildings_households_check CHECK ((households >= 0)),
  CONSTRAINT buildings_residents_check CHECK ((residents >= 0))
);
CREATE INDEX buildings_geom ON public.buildings USING gist (geom);
CREATE INDEX buildings_geom_3857 ON public.buildings USING gist (geom_3857);
CREATE INDEX buildings_grid ON public.buildings USING btree (grid_code);
CREATE INDEX buildings_search ON public.buildings USING gin (search_text gin_trgm_ops) WHERE (search_text IS NOT NULL);
CREATE TRIGGER buildings_changed AFTER INSERT OR DELETE OR UPDATE ON public.buildings FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER buildings_noted_new AFTER INSERT ON public.buildings REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER buildings_noted_old AFTER UPDATE ON public.buildings REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER buildings_truncated AFTER TRUNCATE ON public.buildings FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE POLICY in_scope ON buildings FOR SELECT USING ((area_code ^@ ANY (( SELECT current_scope() AS current_scope)::text[])));

CREATE TABLE categories (
  code text COLLATE "C" NOT NULL,
  parent_code text COLLATE "C",
  name text NOT NULL,
  name_en text,
  kind text NOT NULL DEFAULT 'event'::text,
  CONSTRAINT categories_pkey PRIMARY KEY (code),
  CONSTRAINT categories_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES categories(code),
  CONSTRAINT categories_code_check CHECK ((code <> ''::text)),
  CONSTRAINT categories_kind_check CHECK ((kind = ANY (ARRAY['component'::text, 'event'::text]))),
  CONSTRAINT categories_name_check CHECK ((name <> ''::text))
);
CREATE INDEX categories_parent ON public.categories USING btree (parent_code);
CREATE TRIGGER categories_changed AFTER INSERT OR DELETE OR UPDATE ON public.categories FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER categories_noted_new AFTER INSERT ON public.categories REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER categories_noted_old AFTER UPDATE ON public.categories REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER categories_truncated AFTER TRUNCATE ON public.categories FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();

CREATE TABLE changes (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at timestamp with time zone NOT NULL DEFAULT now(),
  topic text NOT NULL,
  key text,
  area_code text COLLATE "C" NOT NULL DEFAULT ''::text,
  department_code text COLLATE "C",
  CONSTRAINT changes_pkey PRIMARY KEY (seq)
);
CREATE INDEX changes_at ON public.changes USING btree (at);
CREATE INDEX changes_position ON public.changes USING btree (xid, seq);
CREATE INDEX changes_topic ON public.changes USING btree (topic, seq);

CREATE TABLE contacts (
  incident_id bigint NOT NULL,
  sealed bytea NOT NULL,
  last_four text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT contacts_pkey PRIMARY KEY (incident_id),
  CONSTRAINT contacts_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id) ON DELETE CASCADE,
  CONSTRAINT contacts_last_four_check CHECK ((last_four ~ '^[0-9]{4}$'::text))
);
CREATE POLICY in_scope ON contacts FOR SELECT USING ((EXISTS ( SELECT
   FROM scoped.incidents
  WHERE (incidents.id = contacts.incident_id))));

CREATE TABLE demo_district (
  is_here boolean NOT NULL DEFAULT true,
  scale real NOT NULL,
  lived_until timestamp with time zone NOT NULL,
  CONSTRAINT demo_district_pkey PRIMARY KEY (is_here),
  CONSTRAINT demo_district_is_here_check CHECK (is_here),
  CONSTRAINT demo_district_scale_check CHECK ((scale > (0)::double precision))
);

CREATE TABLE departments (
  code text COLLATE "C" NOT NULL,
  name text NOT NULL,
  name_en text,
  CONSTRAINT departments_pkey PRIMARY KEY (code),
  CONSTRAINT departments_code_check CHECK ((code <> ''::text)),
  CONSTRAINT departments_name_check CHECK ((name <> ''::text))
);
CREATE TRIGGER departments_noted_new AFTER INSERT ON public.departments REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER departments_noted_old AFTER UPDATE ON public.departments REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();

CREATE TABLE grids (
  code text COLLATE "C" NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  area_code text COLLATE "C" NOT NULL,
  name text NOT NULL,
  name_en text,
  estate_type text NOT NULL DEFAULT 'other'::text,
  households integer,
  residents integer,
  staff_count integer,
  needs_repair boolean NOT NULL DEFAULT false,
  geom geometry(MultiPolygon,4326) NOT NULL,
  geom_3857 geometry(MultiPolygon,3857) NOT NULL GENERATED ALWAYS AS (st_transform(geom, 3857)) STORED,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT grids_pkey PRIMARY KEY (code, valid_from),
  CONSTRAINT grids_one_version_a_day EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to) WITH &&),
  CONSTRAINT grids_area_code_fkey FOREIGN KEY (area_code) REFERENCES areas(code),
  CONSTRAINT grids_check CHECK ((valid_to > valid_from)),
  CONSTRAINT grids_code_check CHECK ((code <> ''::text)),
  CONSTRAINT grids_estate_type_check CHECK ((estate_type = ANY (ARRAY['old'::text, 'new'::text, 'other'::text]))),
  CONSTRAINT grids_households_check CHECK ((households >= 0)),
  CONSTRAINT grids_name_check CHECK ((name <> ''::text)),
  CONSTRAINT grids_residents_check CHECK ((residents >= 0)),
  CONSTRAINT grids_staff_count_check CHECK ((staff_count >= 0))
);
CREATE INDEX grids_area ON public.grids USING btree (area_code);
CREATE INDEX grids_geom ON public.grids USING gist (geom);
CREATE INDEX grids_geom_3857 ON public.grids USING gist (geom_3857);
CREATE TRIGGER grids_changed AFTER INSERT OR DELETE OR UPDATE ON public.grids FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER grids_noted_new AFTER INSERT ON public.grids REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER grids_noted_old AFTER UPDATE ON public.grids REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER grids_truncated AFTER TRUNCATE ON public.grids FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE POLICY in_scope ON grids FOR SELECT USING ((area_code ^@ ANY (( SELECT current_scope() AS current_scope)::text[])));

CREATE TABLE idempotency_keys (
  key text COLLATE "C" NOT NULL,
  body_hash text NOT NULL,
  incident_id bigint,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  wall_id bigint,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (key),
  CONSTRAINT idempotency_keys_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id) ON DELETE CASCADE,
  CONSTRAINT idempotency_keys_wall_id_fkey FOREIGN KEY (wall_id) REFERENCES walls(id),
  CONSTRAINT idempotency_keys_key_check CHECK ((key <> ''::text))
);
CREATE INDEX idempotency_keys_created ON public.idempotency_keys USING btree (created_at);
CREATE INDEX idempotency_keys_incident ON public.idempotency_keys USING btree (incident_id);
CREATE INDEX idempotency_keys_wall ON public.idempotency_keys USING btree (wall_id);

CREATE TABLE import_mappings (
  kind text NOT NULL,
  columns text NOT NULL,
  settings jsonb NOT NULL,
  used_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT import_mappings_pkey PRIMARY KEY (kind, columns)
);

CREATE TABLE import_rows (
  import_id bigint NOT NULL,
  table_name text NOT NULL,
  row_key jsonb NOT NULL,
  before jsonb,
  after_hash text NOT NULL,
  CONSTRAINT import_rows_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE
);
CREATE INDEX import_rows_import ON public.import_rows USING btree (import_id, table_name);

CREATE TABLE imports (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  file_name text NOT NULL,
  state text NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  finished_at timestamp with time zone,
  rows_read bigint NOT NULL DEFAULT 0,
  rows_written bigint NOT NULL DEFAULT 0,
  rows_rejected bigint NOT NULL DEFAULT 0,
  summary jsonb NOT NULL DEFAULT '{}'::jsonb,
  attribution text,
  report_file text,
  dry_run boolean NOT NULL DEFAULT false,
  started_by text,
  runner text,
  options jsonb NOT NULL DEFAULT '{}'::jsonb,
  rows_inserted bigint NOT NULL DEFAULT 0,
  rows_updated bigint NOT NULL DEFAULT 0,
  rows_unchanged bigint NOT NULL DEFAULT 0,
  undone_at timestamp with time zone,
  undone_by text,
  CONSTRAINT imports_pkey PRIMARY KEY (id),
  CONSTRAINT imports_kind_check CHECK ((kind = ANY (ARRAY['areas'::text, 'grids'::text, 'buildings'::text, 'incidents'::text, 'categories'::text, 'indicators'::text, 'places'::text]))),
  CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'checked'::text, 'done'::text, 'refused'::text, 'failed'::text, 'cancelled'::text, 'undone'::text])))
);
CREATE INDEX imports_newest ON public.imports USING btree (id DESC) WHERE (NOT dry_run);

CREATE TABLE incidents (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  number text COLLATE "C" NOT NULL,
  category_code text COLLATE "C" NOT NULL,
  level smallint NOT NULL DEFAULT 3,
  intake text NOT NULL DEFAULT 'public'::text,
  title text,
  description text,
  address text,
  department_code text COLLATE "C",
  geom geometry(Point,4326) NOT NULL,
  grid_at_report text COLLATE "C",
  grid_now text COLLATE "C",
  area_code text COLLATE "C" NOT NULL DEFAULT ''::text,
  reported_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'reported'::text,
  due_at timestamp with time zone,
  closed_at timestamp with time zone,
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT incidents_pkey PRIMARY KEY (id),
  CONSTRAINT incidents_number_key UNIQUE (number),
  CONSTRAINT incidents_category_code_fkey FOREIGN KEY (category_code) REFERENCES categories(code),
  CONSTRAINT incidents_department_code_fkey FOREIGN KEY (department_code) REFERENCES departments(code),
  CONSTRAINT incidents_check CHECK ((closed_at >= reported_at)),
  CONSTRAINT incidents_intake_check CHECK ((intake = ANY (ARRAY['patrol'::text, 'video'::text, 'public'::text, 'superior'::text]))),
  CONSTRAINT incidents_level_check CHECK (((level >= 1) AND (level <= 4))),
  CONSTRAINT incidents_number_check CHECK ((number <> ''::text)),
  CONSTRAINT incidents_status_check CHECK ((status = ANY (ARRAY['reported'::text, 'filed'::text, 'dispatched'::text, 'handled'::text, 'verified'::text, 'closed'::text, 'suspended'::text, 'void'::text])))
);
CREATE INDEX incidents_due ON public.incidents USING btree (due_at) WHERE (closed_at IS NULL);
CREATE INDEX incidents_geom ON public.incidents USING gist (geom);
CREATE INDEX incidents_grid ON public.incidents USING btree (grid_now, reported_at DESC);
CREATE INDEX incidents_reported ON public.incidents USING btree (reported_at, id);
CREATE TRIGGER incidents_deleted AFTER DELETE ON public.incidents REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION record_incident_changes();
CREATE TRIGGER incidents_inserted AFTER INSERT ON public.incidents REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION record_incident_changes();
CREATE TRIGGER incidents_noted_new AFTER INSERT ON public.incidents REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER incidents_noted_old AFTER UPDATE ON public.incidents REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER incidents_truncated AFTER TRUNCATE ON public.incidents FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER incidents_updated AFTER UPDATE ON public.incidents REFERENCING OLD TABLE AS left_behind NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION record_incident_updates();
CREATE POLICY in_scope ON incidents FOR SELECT USING (((area_code ^@ ANY (( SELECT current_scope() AS current_scope)::text[])) AND ((( SELECT current_department() AS current_department) IS NULL) OR (department_code = ( SELECT current_department() AS current_department)))));

CREATE TABLE indicator_values (
  indicator_code text COLLATE "C" NOT NULL,
  place_code text COLLATE "C" NOT NULL,
  period_from date NOT NULL,
  period_to date NOT NULL,
  value double precision NOT NULL,
  CONSTRAINT indicator_values_pkey PRIMARY KEY (indicator_code, place_code, period_from, period_to),
  CONSTRAINT indicator_values_indicator_code_fkey FOREIGN KEY (indicator_code) REFERENCES indicators(code) ON DELETE CASCADE,
  CONSTRAINT indicator_values_check CHECK ((period_to > period_from)),
  CONSTRAINT indicator_values_place_code_check CHECK ((place_code <> ''::text))
);
CREATE TRIGGER indicator_values_noted_new AFTER INSERT ON public.indicator_values REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER indicator_values_noted_old AFTER UPDATE ON public.indicator_values REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE POLICY in_scope ON indicator_values FOR SELECT USING (((place_code ^@ ANY (( SELECT current_scope() AS current_scope)::text[])) OR (EXISTS ( SELECT
   FROM scoped.grids
  WHERE (grids.code = indicator_values.place_code)))));

CREATE TABLE indicators (
  code text COLLATE "C" NOT NULL,
  name text NOT NULL,
  name_en text,
  unit text,
  CONSTRAINT indicators_pkey PRIMARY KEY (code),
  CONSTRAINT indicators_code_check CHECK ((code <> ''::text)),
  CONSTRAINT indicators_name_check CHECK ((name <> ''::text))
);
CREATE TRIGGER indicators_noted_new AFTER INSERT ON public.indicators REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER indicators_noted_old AFTER UPDATE ON public.indicators REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();

CREATE TABLE migrations (
  name text COLLATE "C" NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT migrations_pkey PRIMARY KEY (name)
);

CREATE TABLE places (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  external_id text COLLATE "C" NOT NULL,
  type text NOT NULL,
  name text NOT NULL,
  name_en text,
  address text,
  phone text,
  grid_code text COLLATE "C",
  area_code text COLLATE "C" NOT NULL DEFAULT ''::text,
  search_text text NOT NULL GENERATED ALWAYS AS (lower(((((name || ' '::text) || COALESCE(name_en, ''::text)) || ' '::text) || COALESCE(address, ''::text)))) STORED,
  geom geometry(Point,4326) NOT NULL,
  CONSTRAINT places_pkey PRIMARY KEY (id),
  CONSTRAINT places_external_id_key UNIQUE (external_id),
  CONSTRAINT places_external_id_check CHECK ((external_id <> ''::text)),
  CONSTRAINT places_name_check CHECK ((name <> ''::text)),
  CONSTRAINT places_type_check CHECK ((type = ANY (ARRAY['station'::text, 'office'::text, 'shelter'::text, 'hydrant'::text, 'other'::text])))
);
CREATE INDEX places_geom ON public.places USING gist (geom);
CREATE INDEX places_grid ON public.places USING btree (grid_code);
CREATE INDEX places_search ON public.places USING gin (search_text gin_trgm_ops);
CREATE TRIGGER places_changed AFTER INSERT OR DELETE OR UPDATE ON public.places FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE TRIGGER places_noted_new AFTER INSERT ON public.places REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER places_noted_old AFTER UPDATE ON public.places REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_import_rows();
CREATE TRIGGER places_truncated AFTER TRUNCATE ON public.places FOR EACH STATEMENT EXECUTE FUNCTION record_table_change();
CREATE POLICY in_scope ON places FOR SELECT USING ((area_code ^@ ANY (( SELECT current_scope() AS current_scope)::text[])));

CREATE TABLE sessions (
  token_hash bytea NOT NULL,
  user_id bigint NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  last_seen_at timestamp with time zone NOT NULL DEFAULT now(),
  address text NOT NULL,
  agent text NOT NULL,
  CONSTRAINT sessions_pkey PRIMARY KEY (token_hash),
  CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX sessions_user ON public.sessions USING btree (user_id);

CREATE TABLE sign_in_failures (
  name_hash bytea NOT NULL,
  failures integer NOT NULL,
  last_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT sign_in_failures_pkey PRIMARY KEY (name_hash),
  CONSTRAINT sign_in_failures_failures_check CHECK ((failures > 0))
);

CREATE TABLE transitions (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  incident_id bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  actor text NOT NULL,
  from_status text,
  to_status text NOT NULL,
  due_at timestamp with time zone,
  reason text,
  CONSTRAINT transitions_pkey PRIMARY KEY (id),
  CONSTRAINT transitions_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id) ON DELETE CASCADE,
  CONSTRAINT transitions_actor_check CHECK ((actor <> ''::text)),
  CONSTRAINT transitions_to_status_check CHECK ((to_status = ANY (ARRAY['reported'::text, 'filed'::text, 'dispatched'::text, 'handled'::text, 'verified'::text, 'closed'::text, 'suspended'::text, 'void'::text])))
);
CREATE INDEX transitions_incident ON public.transitions USING btree (incident_id, at, id);
CREATE TRIGGER transitions_append_only BEFORE UPDATE ON public.transitions FOR EACH ROW EXECUTE FUNCTION refuse_transition_change();
CREATE TRIGGER transitions_derive_status AFTER INSERT ON public.transitions REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION derive_incident_status();
CREATE POLICY in_scope ON transitions FOR SELECT USING ((EXISTS ( SELECT
   FROM scoped.incidents
  WHERE (incidents.id = transitions.incident_id))));

CREATE TABLE users (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  display_name text NOT NULL,
  password_hash text,
  must_change_password boolean NOT NULL DEFAULT false,
  open_id_subject text,
  is_demo boolean NOT NULL DEFAULT false,
  role text NOT NULL,
  scope text[] NOT NULL,
  department_code text COLLATE "C",
  is_disabled boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  last_seen_at timestamp with time zone,
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_open_id_subject_key UNIQUE (open_id_subject),
  CONSTRAINT users_department_code_fkey FOREIGN KEY (department_code) REFERENCES departments(code),
  CONSTRAINT users_check CHECK (((role = 'department-handler'::text) = (department_code IS NOT NULL))),
  CONSTRAINT users_check1 CHECK (((role <> 'administrator'::text) OR (scope = '{""}'::text[]))),
  CONSTRAINT users_display_name_check CHECK ((display_name <> ''::text)),
  CONSTRAINT users_name_check CHECK ((name <> ''::text)),
  CONSTRAINT users_one_way_in CHECK (((open_id_subject IS NULL) OR (password_hash IS NULL))),
  CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'planner'::text, 'supervisor'::text, 'dispatcher'::text, 'grid-worker'::text, 'department-handler'::text, 'viewer'::text]))),
  CONSTRAINT users_scope_check CHECK ((cardinality(scope) > 0))
);
CREATE UNIQUE INDEX users_name ON public.users USING btree (lower(name));

CREATE TABLE wall_devices (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  scope text[] NOT NULL,
  token_hash bytea,
  paired_at timestamp with time zone NOT NULL DEFAULT now(),
  paired_by text NOT NULL,
  last_seen_at timestamp with time zone,
  last_address text,
  revoked_at timestamp with time zone,
  wall_id bigint,
  CONSTRAINT wall_devices_pkey PRIMARY KEY (id),
  CONSTRAINT wall_devices_token_hash_key UNIQUE (token_hash),
  CONSTRAINT wall_devices_wall_id_fkey FOREIGN KEY (wall_id) REFERENCES walls(id),
  CONSTRAINT wall_devices_name_check CHECK ((name <> ''::text)),
  CONSTRAINT wall_devices_scope_check CHECK ((cardinality(scope) > 0))
);
CREATE TRIGGER wall_devices_changed AFTER INSERT OR DELETE OR UPDATE OF name, scope, wall_id, revoked_at ON public.wall_devices FOR EACH ROW EXECUTE FUNCTION record_row_change('id');

CREATE TABLE wall_pairings (
  code text COLLATE "C" NOT NULL,
  secret_hash bytea NOT NULL,
  address text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  device_id bigint,
  CONSTRAINT wall_pairings_pkey PRIMARY KEY (code),
  CONSTRAINT wall_pairings_secret_hash_key UNIQUE (secret_hash),
  CONSTRAINT wall_pairings_device_id_fkey FOREIGN KEY (device_id) REFERENCES wall_devices(id) ON DELETE CASCADE
);

CREATE TABLE wall_reports (
  device_id bigint NOT NULL,
  reported_at timestamp with time zone NOT NULL DEFAULT now(),
  report jsonb NOT NULL,
  thumbnail bytea,
  CONSTRAINT wall_reports_pkey PRIMARY KEY (device_id),
  CONSTRAINT wall_reports_device_id_fkey FOREIGN KEY (device_id) REFERENCES wall_devices(id) ON DELETE CASCADE
);

CREATE TABLE wall_steering (
  wall_id bigint NOT NULL,
  offset_seconds integer NOT NULL DEFAULT 0,
  pinned text,
  camera jsonb,
  mark jsonb,
  until timestamp with time zone,
  steered_by text NOT NULL,
  CONSTRAINT wall_steering_pkey PRIMARY KEY (wall_id)
);
CREATE TRIGGER wall_steering_changed AFTER INSERT OR DELETE OR UPDATE ON public.wall_steering FOR EACH ROW EXECUTE FUNCTION record_row_change('wall_id');

CREATE TABLE wall_versions (
  wall_id bigint NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  content jsonb NOT NULL,
  changed_at timestamp with time zone NOT NULL DEFAULT now(),
  changed_by text NOT NULL,
  CONSTRAINT wall_versions_pkey PRIMARY KEY (wall_id, version),
  CONSTRAINT wall_versions_wall_id_fkey FOREIGN KEY (wall_id) REFERENCES walls(id),
  CONSTRAINT wall_versions_name_check CHECK ((name <> ''::text)),
  CONSTRAINT wall_versions_version_check CHECK ((version > 0))
);

CREATE TABLE walls (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  version integer NOT NULL,
  deleted_at timestamp with time zone,
  CONSTRAINT walls_pkey PRIMARY KEY (id),
  CONSTRAINT walls_version_check CHECK ((version > 0))
);
CREATE TRIGGER walls_changed AFTER INSERT OR DELETE OR UPDATE ON public.walls FOR EACH ROW EXECUTE FUNCTION record_row_change('id');

CREATE SCHEMA scoped;
-- VIEW scoped.alarms (id, source, wall_id, rule_id, cap_message, language, raised_at, expires_at, title, text, level, place_code, place_name, area_code, geom, incident_ids, acknowledged_at, acknowledged_by)
-- VIEW scoped.areas (code, level, name, name_en, parent_code, geom, geom_from_grids, updated_at)
-- VIEW scoped.base_features (id, layer, class, name, name_en, min_zoom, geom, geom_3857)
-- VIEW scoped.buildings (id, external_id, name, address, floors, height_m, households, residents, estate_type, grid_code, area_code, search_text, geom, geom_3857)
-- VIEW scoped.categories (code, parent_code, name, name_en, kind)
-- VIEW scoped.contacts (incident_id, sealed, last_four, created_at)
-- VIEW scoped.demo_district (is_here, scale, lived_until)
-- VIEW scoped.departments (code, name, name_en)
-- VIEW scoped.grids (code, valid_from, valid_to, area_code, name, name_en, estate_type, households, residents, staff_count, needs_repair, geom, geom_3857, updated_at)
-- VIEW scoped.imports (kind, state, attribution)
-- VIEW scoped.incidents (id, number, category_code, level, intake, title, description, address, department_code, geom, grid_at_report, grid_now, area_code, reported_at, status, due_at, closed_at, updated_at)
-- VIEW scoped.indicator_values (indicator_code, place_code, period_from, period_to, value)
-- VIEW scoped.indicators (code, name, name_en, unit)
-- VIEW scoped.places (id, external_id, type, name, name_en, address, phone, grid_code, area_code, search_text, geom)
-- VIEW scoped.transitions (id, incident_id, at, actor, from_status, to_status, due_at, reason)
