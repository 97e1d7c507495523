import type { Level } from '../../../domain/incident.ts'
import { READY_MADE_WALL_ID, type WallContent } from '../../../domain/wall/wall.ts'
import type { Queryable, Transaction } from '../../database/database.ts'

/** A wall whose rules are watched. */
export type WatchedRules = Pick<WallContent, 'language' | 'alarms'> & { wallId: number }

export async function listRules(db: Queryable): Promise<WatchedRules[]> {
  const { rows } = await db.query<WatchedRules>(
    `SELECT wall_id AS "wallId", content ->> 'language' AS language, content -> 'alarms' AS alarms
       FROM walls
       JOIN wall_versions ON wall_id = walls.id AND wall_versions.version = walls.version
      WHERE deleted_at IS NULL AND jsonb_array_length(content -> 'alarms') > 0
      ORDER BY wall_id`,
  )
  return rows
}

/** Whether a screen in use shows the ready-made scenes, or nobody has made a wall. */
export async function isReadyMadeShown(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ shown: boolean }>(
    `SELECT EXISTS (SELECT FROM wall_devices WHERE wall_id IS NULL AND revoked_at IS NULL)
         OR NOT EXISTS (SELECT FROM walls WHERE deleted_at IS NULL) AS shown`,
  )
  return rows[0]!.shown
}

/** A case that a rule has told of. */
export interface ToldCase {
  wallId: number
  ruleId: string
  incidentId: number
}

/** What rules have told of in the last days. */
export async function listTold(db: Queryable, days: number): Promise<ToldCase[]> {
  const { rows } = await db.query<ToldCase>(
    `SELECT alarm_cases.wall_id AS "wallId", alarm_cases.rule_id AS "ruleId", incident_id AS "incidentId"
       FROM alarm_cases
       JOIN alarms ON alarms.id = alarm_id
      WHERE expires_at > now() - $1::int * interval '1 day'`,
    [days],
  )
  return rows
}

export interface NewRuleAlarm {
  wallId: number
  ruleId: string
  language: string
  /** milliseconds after now */
  lastsMs: number
  title: string
  text: string
  level: Level
  placeCode: string
  placeName: string
  areaCode: string
  lng: number
  lat: number
  /** from the lowest up: two processes that tell of the same cases take hold of them in one order */
  incidentIds: readonly number[]
}

/** Whether the wall is there; if so it is until the transaction ends. */
export async function holdWall(tx: Transaction, wallId: number): Promise<boolean> {
  if (wallId === READY_MADE_WALL_ID) return true
  const { rows } = await tx.query(
    'SELECT 1 FROM walls WHERE id = $1::bigint AND deleted_at IS NULL FOR SHARE',
    [wallId],
  )
  return rows.length === 1
}

/** False, and the transaction is to be given up: the rule has told of one of the cases. */
export async function insertRuleAlarm(tx: Transaction, alarm: NewRuleAlarm): Promise<boolean> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO alarms (source, wall_id, rule_id, language, expires_at, title, text, level, place_code, place_name,
                         area_code, geom, incident_ids)
     VALUES ('rule', $1::bigint, $2, $3, now() + $4::float8 * interval '1 millisecond', $5, $6, $7::int, $8, $9, $10,
             ST_SetSRID(ST_MakePoint($11::float8, $12::float8), 4326), $13::bigint[])
     RETURNING id`,
    [
      alarm.wallId,
      alarm.ruleId,
      alarm.language,
      alarm.lastsMs,
      alarm.title,
      alarm.text,
      alarm.level,
      alarm.placeCode,
      alarm.placeName,
      alarm.areaCode,
      alarm.lng,
      alarm.lat,
      alarm.incidentIds,
    ],
  )
  const { rowCount } = await tx.query(
    `INSERT INTO alarm_cases (wall_id, rule_id, incident_id, alarm_id)
     SELECT $1::bigint, $2, incident_id, $4::bigint
       FROM unnest($3::bigint[]) WITH ORDINALITY AS told (incident_id, place)
      ORDER BY place
     ON CONFLICT DO NOTHING`,
    [alarm.wallId, alarm.ruleId, alarm.incidentIds, rows[0]!.id],
  )
  return rowCount === alarm.incidentIds.length
}

/** Of the cases of an alarm those that its rule has told of. */
export async function toldAmong(
  db: Queryable,
  { wallId, ruleId, incidentIds }: Pick<NewRuleAlarm, 'wallId' | 'ruleId' | 'incidentIds'>,
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `SELECT incident_id AS id FROM alarm_cases
      WHERE wall_id = $1::bigint AND rule_id = $2 AND incident_id = ANY ($3::bigint[])`,
    [wallId, ruleId, incidentIds],
  )
  return rows.map(({ id }) => id)
}

export interface Name {
  code: string
  name: string
  nameEn: string | null
}

export async function categoryNames(db: Queryable, codes: readonly string[]): Promise<Name[]> {
  const { rows } = await db.query<Name>(
    `SELECT code, name, name_en AS "nameEn" FROM categories WHERE code = ANY ($1::text[])`,
    [codes],
  )
  return rows
}

export interface GridName extends Name {
  areaCode: string
  areaName: string
  areaNameEn: string | null
}

/** Of the newest version of each grid. */
export async function gridNames(db: Queryable, codes: readonly string[]): Promise<GridName[]> {
  const { rows } = await db.query<GridName>(
    `SELECT DISTINCT ON (grids.code)
            grids.code, grids.name, grids.name_en AS "nameEn", area_code AS "areaCode", areas.name AS "areaName",
            areas.name_en AS "areaNameEn"
       FROM grids
       JOIN areas ON areas.code = area_code
      WHERE grids.code = ANY ($1::text[])
      ORDER BY grids.code, valid_from DESC`,
    [codes],
  )
  return rows
}

export async function caseNumbers(db: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await db.query<{ id: number; number: string }>(
    `SELECT id, number FROM incidents WHERE id = ANY ($1::bigint[])`,
    [ids],
  )
  return new Map(rows.map(({ id, number }) => [id, number]))
}
