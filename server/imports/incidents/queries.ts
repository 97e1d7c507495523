import type { Queryable, Transaction } from '../../database/database.ts'
import type { MergedRows } from '../import-context.ts'
import type { CodeEntry } from './code-book.ts'

export async function listCategories(db: Queryable): Promise<CodeEntry[]> {
  const { rows } = await db.query<CodeEntry>(
    `SELECT code, name, parent_code AS "parentCode" FROM categories ORDER BY code`,
  )
  return rows
}

export async function listDepartments(db: Queryable): Promise<CodeEntry[]> {
  const { rows } = await db.query<CodeEntry>(
    `SELECT code, name, NULL AS "parentCode" FROM departments ORDER BY code`,
  )
  return rows
}

/** `entries`: parents before their children. */
export async function addCategories(tx: Transaction, entries: readonly CodeEntry[]): Promise<void> {
  if (entries.length === 0) return
  await tx.query(
    `INSERT INTO categories (code, name, parent_code)
     SELECT code, name, parent_code
       FROM unnest($1::text[], $2::text[], $3::text[]) AS entry (code, name, parent_code)
     ON CONFLICT (code) DO NOTHING`,
    [
      entries.map(({ code }) => code),
      entries.map(({ name }) => name),
      entries.map(({ parentCode }) => parentCode),
    ],
  )
}

export async function addDepartments(tx: Transaction, entries: readonly CodeEntry[]): Promise<void> {
  if (entries.length === 0) return
  await tx.query(
    `INSERT INTO departments (code, name)
     SELECT code, name FROM unnest($1::text[], $2::text[]) AS entry (code, name)
     ON CONFLICT (code) DO NOTHING`,
    [entries.map(({ code }) => code), entries.map(({ name }) => name)],
  )
}

export interface CrowdedPoint {
  lng: number
  lat: number
  cases: number
}

/** The one place that holds more than 1,000 cases and 1 % of them: probably where cases without a place are put. */
export async function findCrowdedPoint(db: Queryable, rows: number): Promise<CrowdedPoint | null> {
  const found = await db.query<CrowdedPoint>(
    `SELECT ST_X(geom) AS lng, ST_Y(geom) AS lat, count(*) AS cases
       FROM import_staging
      WHERE rejected IS NULL
      GROUP BY geom
     HAVING count(*) > greatest(1000, $1::int / 100)
      ORDER BY count(*) DESC
      LIMIT 1`,
    [rows],
  )
  return found.rows[0] ?? null
}

export interface MergedIncidents extends MergedRows {
  outsideGrids: number
}

/**
 * Writes the staged cases with their grids (`incident_grids`). New ones come with the status that their history
 * will give them; of known ones what was reported is updated where it differs, and a field that the files do
 * not fill keeps what it had.
 */
export async function mergeIncidents(tx: Transaction, filled: readonly string[]): Promise<MergedIncidents> {
  const { rows } = await tx.query<MergedIncidents>(
    `WITH wanted AS (
       SELECT known.id IS NULL AS is_new, staged.key AS number, staged.category_code, staged.geom, staged.reported_at,
              CASE WHEN known.id IS NULL OR 'level' = ANY ($1::text[]) THEN staged.level ELSE known.level END AS level,
              CASE WHEN known.id IS NULL OR 'intake' = ANY ($1) THEN staged.intake ELSE known.intake END AS intake,
              CASE WHEN known.id IS NULL OR 'title' = ANY ($1) THEN staged.title ELSE known.title END AS title,
              CASE WHEN known.id IS NULL OR 'description' = ANY ($1) THEN staged.description ELSE known.description END AS description,
              CASE WHEN known.id IS NULL OR 'address' = ANY ($1) THEN staged.address ELSE known.address END AS address,
              CASE WHEN known.id IS NULL OR 'department' = ANY ($1) THEN staged.department_code ELSE known.department_code END AS department_code,
              place.grid_at_report, place.grid_now, coalesce(place.area_code, '') AS area_code,
              CASE WHEN staged.closed_at IS NULL THEN 'reported' ELSE 'closed' END AS status,
              staged.due_at, staged.closed_at,
              known AS before
         FROM import_staging staged
         LEFT JOIN incident_grids place ON place.id = staged.row_number
         LEFT JOIN incidents known ON known.number = staged.key
        WHERE staged.rejected IS NULL
     ), changed AS (
       SELECT * FROM wanted
        WHERE is_new
           OR (category_code, geom, reported_at, level, intake, title, description, address, department_code)
              IS DISTINCT FROM
              ((before).category_code, (before).geom, (before).reported_at, (before).level, (before).intake,
               (before).title, (before).description, (before).address, (before).department_code)
     ), merged AS (
       INSERT INTO incidents AS i (number, category_code, geom, reported_at, level, intake, title, description,
                                   address, department_code, grid_at_report, grid_now, area_code,
                                   status, due_at, closed_at)
       SELECT number, category_code, geom, reported_at, level, intake, title, description,
              address, department_code, grid_at_report, grid_now, area_code, status, due_at, closed_at
         FROM changed
        ORDER BY reported_at, number
       ON CONFLICT (number) DO UPDATE
          SET category_code = excluded.category_code, level = excluded.level,
              reported_at = CASE WHEN i.closed_at < excluded.reported_at THEN i.reported_at ELSE excluded.reported_at END,
              intake = excluded.intake, title = excluded.title, description = excluded.description,
              address = excluded.address, department_code = excluded.department_code,
              grid_at_report = CASE WHEN i.geom = excluded.geom THEN i.grid_at_report ELSE excluded.grid_at_report END,
              grid_now = CASE WHEN i.geom = excluded.geom THEN i.grid_now ELSE excluded.grid_now END,
              area_code = CASE WHEN i.geom = excluded.geom THEN i.area_code ELSE excluded.area_code END,
              geom = excluded.geom, updated_at = now()
       RETURNING xmax = 0 AS inserted
     ), written AS (
       SELECT count(*) FILTER (WHERE inserted) AS inserted, count(*) FILTER (WHERE NOT inserted) AS updated FROM merged
     ), staged AS (
       SELECT count(*) AS staged FROM import_staging WHERE rejected IS NULL
     )
     SELECT inserted, updated, staged - inserted - updated AS unchanged,
            staged - (SELECT count(*) FROM incident_grids WHERE grid_now IS NOT NULL) AS "outsideGrids"
       FROM written, staged`,
    [filled],
  )
  return rows[0]!
}

/** The history of cases that have none yet: reported, and closed when they are. */
export async function startHistory(tx: Transaction): Promise<void> {
  await tx.query(
    `WITH fresh AS (
       SELECT id, incidents.reported_at, staged.due_at, staged.closed_at
         FROM import_staging staged JOIN incidents ON number = key
        WHERE rejected IS NULL
          AND NOT EXISTS (SELECT 1 FROM transitions WHERE incident_id = incidents.id)
     ), steps AS (
       SELECT id, reported_at AS at, NULL AS from_status, 'reported' AS to_status, due_at, 1 AS step FROM fresh
        UNION ALL
       SELECT id, closed_at, 'reported', 'closed', NULL, 2 FROM fresh WHERE closed_at IS NOT NULL
     )
     INSERT INTO transitions (incident_id, at, actor, from_status, to_status, due_at)
     SELECT id, at, 'import', from_status, to_status, due_at FROM steps ORDER BY at, id, step`,
  )
}

export interface AppendedHistory {
  /** steps appended because the source says something newer */
  stepsAppended: number
  /** cases that were worked on here, or whose source contradicts what is recorded: kept as they are */
  historyKept: number
}

/**
 * What the source says by now about known cases whose whole history came from it: closed, closed later,
 * reopened, a new deadline. A history is only added to: a closing before its last step is not taken over. When
 * the source reopened a case or moved its deadline it does not say: such a step stands at the time of the last
 * one, so that it comes after that one and before whatever the source says next.
 */
export async function appendHistory(tx: Transaction): Promise<AppendedHistory> {
  const { rows } = await tx.query<AppendedHistory>(
    `WITH differing AS (
       SELECT id, status, incidents.closed_at AS was_closed_at, incidents.due_at AS was_due_at,
              staged.closed_at, staged.due_at,
              history.last_at, history.worked_on
         FROM import_staging staged
         JOIN incidents ON number = key
        CROSS JOIN LATERAL (
               SELECT max(at) AS last_at, bool_or(actor <> 'import') AS worked_on
                 FROM transitions
                WHERE incident_id = incidents.id
             ) history
        WHERE rejected IS NULL
          AND (incidents.closed_at IS DISTINCT FROM staged.closed_at OR incidents.due_at IS DISTINCT FROM staged.due_at)
     ), steps AS (
       SELECT id, status AS from_status,
              CASE WHEN closed_at IS NULL THEN 'reported' ELSE 'closed' END AS to_status,
              coalesce(closed_at, last_at) AS at,
              nullif(due_at, was_due_at) AS due_at
         FROM differing
        WHERE NOT worked_on
          AND (closed_at IS NULL OR closed_at >= last_at)
          AND (closed_at IS DISTINCT FROM was_closed_at OR due_at IS NOT NULL)
     ), appended AS (
       INSERT INTO transitions (incident_id, at, actor, from_status, to_status, due_at, reason)
       SELECT id, at, 'import', from_status, to_status, due_at, 'changed in the source' FROM steps ORDER BY at, id
       RETURNING id
     ), noted AS (
       -- the first steps of a case go with the case; these stand for themselves
       INSERT INTO import_touched (table_name, row_key)
       SELECT 'transitions', jsonb_build_object('id', id) FROM appended
     )
     SELECT (SELECT count(*) FROM appended) AS "stepsAppended",
            (SELECT count(*) FROM differing) - (SELECT count(*) FROM appended) AS "historyKept"`,
  )
  return rows[0]!
}

/** After much was written: the planner should not go by what the table was before. Shapes as in `analyzeStaging`. */
export async function analyzeIncidents(tx: Transaction): Promise<void> {
  await tx.query(
    `ANALYZE incidents (id, number, grid_now, area_code, reported_at, closed_at, status, category_code)`,
  )
}
