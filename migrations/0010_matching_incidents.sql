-- The cases that a filter (domain/incident-filter.ts) asks for, for whom the scope lets see them. A condition
-- that is null is none. A category stands for everything below it, an area for all areas its code begins.
-- Plain enough for the planner to inline, so an index serves it as if it stood in the query.
CREATE FUNCTION matching_incidents(
  visible_areas      text[],
  reported_from      timestamptz,
  reported_to        timestamptz,
  wanted_categories  text[],
  wanted_statuses    text[],
  wanted_levels      integer[],
  wanted_intakes     text[],
  wanted_departments text[],
  within_area        text,
  standing_in_grid   text,
  is_open            boolean
) RETURNS SETOF incidents LANGUAGE sql STABLE PARALLEL SAFE AS $$
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
$$;
