import type { Level } from '../../../domain/incident.ts'
import type { Queryable, Transaction } from '../../database/database.ts'

/** Whether what the database holds was made up. */
export async function isDemo(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ demo: boolean }>(`SELECT EXISTS (SELECT FROM demo_district) AS demo`)
  return rows[0]!.demo
}

/** Where something from outside concerns this district. */
export interface Concerned {
  code: string
  name: string
  lng: number | null
  lat: number | null
}

/** What some shapes have of this district. */
export interface Touched {
  /** of the areas that have grids in force within it */
  codes: string[]
  /** a point inside of them; null: that lies outside all grids */
  lng: number | null
  lat: number | null
}

/**
 * @param polygons GeoJSON each. They may overlap and cross themselves: each is made valid by itself, since made valid
 * together what two of them have in common would count as outside.
 */
export async function findTouched(
  db: Queryable,
  polygons: readonly object[],
  timeZone: string,
): Promise<Touched> {
  const { rows } = await db.query<Touched>(
    `WITH shape AS MATERIALIZED (
       SELECT ST_Union(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(polygon), 4326))) AS geom
         FROM unnest($1::text[]) AS polygon
     ), in_force AS (
       SELECT area_code, grids.geom
         FROM shape
         JOIN grids ON ST_Intersects(grids.geom, shape.geom)
        WHERE valid_from <= (now() AT TIME ZONE $2)::date
          AND (valid_to IS NULL OR valid_to > (now() AT TIME ZONE $2)::date)
     ), middle AS (
       SELECT point
         FROM shape, ST_PointOnSurface(shape.geom) AS point
        WHERE EXISTS (SELECT FROM in_force WHERE ST_Intersects(in_force.geom, point))
     )
     SELECT ARRAY(SELECT DISTINCT area_code::text FROM in_force) AS codes,
            (SELECT ST_X(point) FROM middle) AS lng, (SELECT ST_Y(point) FROM middle) AS lat`,
    [polygons.map((polygon) => JSON.stringify(polygon)), timeZone],
  )
  return rows[0]!
}

/** The smallest area within which all of `codes` lie, with a point inside of it. */
export async function areaAround(db: Queryable, codes: readonly string[]): Promise<Concerned | null> {
  const { rows } = await db.query<Concerned>(
    `SELECT code, name, ST_X(middle) AS lng, ST_Y(middle) AS lat
       FROM areas
       LEFT JOIN LATERAL ST_PointOnSurface(geom) AS middle ON true
      WHERE NOT EXISTS (SELECT FROM unnest($1::text[]) AS inner_area (code) WHERE NOT inner_area.code ^@ areas.code)
      ORDER BY length(code) DESC
      LIMIT 1`,
    [codes],
  )
  return rows[0] ?? null
}

/** Codes of the areas that lie within one of these places or around it. */
export async function areasNamed(db: Queryable, codes: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `SELECT areas.code
       FROM areas
      WHERE EXISTS (SELECT FROM unnest($1::text[]) AS named (code)
                     WHERE areas.code ^@ named.code OR named.code ^@ areas.code AND areas.level = 'community')`,
    [codes],
  )
  return rows.map(({ code }) => code)
}

export interface NewCapAlarm {
  message: string
  language: string
  /** milliseconds after 1970 */
  expires: number
  title: string
  text: string
  level: Level
  place: Concerned
}

/** Once each, however many processes read the source. */
export async function insertCapAlarm(tx: Transaction, alarm: NewCapAlarm): Promise<void> {
  const { place } = alarm
  await tx.query(
    `INSERT INTO alarms (source, cap_message, language, expires_at, title, text, level, place_code, place_name,
                         area_code, geom)
     VALUES ('cap', $1, $2, $3::timestamptz, $4, $5, $6::int, $7, $8, $7,
             ST_SetSRID(ST_MakePoint($9::float8, $10::float8), 4326))
     ON CONFLICT (cap_message) DO NOTHING`,
    [
      alarm.message,
      alarm.language,
      new Date(alarm.expires),
      alarm.title,
      alarm.text,
      alarm.level,
      place.code,
      place.name,
      place.lng,
      place.lat,
    ],
  )
}

export async function endCapAlarms(tx: Transaction, messages: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE alarms SET expires_at = now() WHERE cap_message = ANY ($1::text[]) AND expires_at > now()`,
    [messages],
  )
}
