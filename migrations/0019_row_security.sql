-- The second wall behind the scope that every statement takes: whoever reads as the role grid_scoped (made at the
-- start, because roles belong to the whole server) is shown the rows of the settings app.scope and app.department
-- alone. Without these settings that is nothing.
CREATE FUNCTION current_scope() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(current_setting('app.scope', true), '')::text[], '{}')
$$;
CREATE FUNCTION current_department() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('app.department', true), '')
$$;

-- What the role may read; it comes first in its search path.
CREATE SCHEMA scoped;

-- Puts a table behind the wall, or renews its view after a column was added: a policy on the table itself, and a
-- view of the same name with the same condition. Statements find the view, for a policy keeps the planner from
-- every index whose operator is not leak-proof: those of && and of LIKE. Its owner reads a view's table, so the
-- condition of a view names other tables as scoped.
CREATE FUNCTION scope_table(name regclass, condition text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('DROP POLICY IF EXISTS in_scope ON %s', name);
  EXECUTE format('CREATE POLICY in_scope ON %s FOR SELECT USING (%s)', name, condition);
  EXECUTE format('CREATE OR REPLACE VIEW scoped.%1$I AS SELECT * FROM public.%1$I WHERE %2$s',
                 (SELECT relname FROM pg_class WHERE oid = name), condition);
END $$;

SELECT scope_table('areas', 'code ^@ ANY ((SELECT current_scope())::text[])');
SELECT scope_table('grids', 'area_code ^@ ANY ((SELECT current_scope())::text[])');
SELECT scope_table('buildings', 'area_code ^@ ANY ((SELECT current_scope())::text[])');
SELECT scope_table('places', 'area_code ^@ ANY ((SELECT current_scope())::text[])');
SELECT scope_table('incidents', 'area_code ^@ ANY ((SELECT current_scope())::text[])
  AND ((SELECT current_department()) IS NULL OR department_code = (SELECT current_department()))');
SELECT scope_table('transitions',
  'EXISTS (SELECT FROM scoped.incidents WHERE incidents.id = transitions.incident_id)');
SELECT scope_table('indicator_values', 'place_code ^@ ANY ((SELECT current_scope())::text[])
  OR EXISTS (SELECT FROM scoped.grids WHERE grids.code = indicator_values.place_code)');

-- The same for everybody
CREATE VIEW scoped.categories AS SELECT * FROM categories;
CREATE VIEW scoped.departments AS SELECT * FROM departments;
CREATE VIEW scoped.indicators AS SELECT * FROM indicators;
CREATE VIEW scoped.base_features AS SELECT * FROM base_features;
CREATE VIEW scoped.demo_district AS SELECT * FROM demo_district;
-- Of imports only who must be credited
CREATE VIEW scoped.imports AS SELECT kind, state, attribution FROM imports;
