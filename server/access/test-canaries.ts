import { type Contact, lastFourDigits } from '../../domain/contact.ts'
import { type CaseScope, inScope } from '../../domain/scope.ts'
import type { Database, Transaction } from '../database/database.ts'

const DISTRICTS = ['990101', '990102']
const STREETS = DISTRICTS.flatMap((district) => [`${district}001`, `${district}002`])
const DEPARTMENTS = ['D1', 'D2'] as const
const AGES = ['1 day', '3 years'] as const

/** Names that stand nowhere else; the end mark keeps one from being the beginning of another. */
const nameOf = (...parts: string[]) => `CANARY-${parts.join('-')}!`

/** What a request may ask for in one street. */
export interface Target {
  street: string
  community: string
  grid: string
  buildingId: number
  incidentId: number
  alarmId: number
  lng: number
  lat: number
}

/** A row that only some may see, by what would betray it in an answer. */
interface Canary {
  area: string
  departmentCode: string | null
  traces: string[]
}

const incidentIdOf = (street: number, department: number, age: number) =>
  3_271_000_000 + street * 100 + department * 10 + age

type KeepContact = (tx: Transaction, incidentId: number, contact: Contact) => Promise<void>

/** Whom to call about a case: a name, a number and four last digits of its own. */
const contactOf = (id: number) => ({
  name: `CALLER-${id}`,
  phone: `+86 1${id}${String(9000 + (id % 1000)).slice(-4)}`,
})

function tracesOf(id: number, title: string): string[] {
  const { name, phone } = contactOf(id)
  return [title, String(id), name, phone, `"phoneLastFour":"${lastFourDigits(phone)}"`]
}

export const targets: readonly Target[] = STREETS.map((street, number) => ({
  street,
  community: `${street}001`,
  grid: `${street}001001`,
  buildingId: 3_171_000_000 + number,
  incidentId: incidentIdOf(number, 0, 0),
  alarmId: 3_471_000_000 + number,
  lng: 102.005 + number * 0.01,
  lat: 25.005,
}))

const placeIdOf = (number: number) => 3_371_000_000 + number

const canaries: readonly Canary[] = [
  ...DISTRICTS.map((code) => ({ area: code, departmentCode: null, traces: [nameOf(code)] })),
  ...targets.flatMap(({ street, buildingId, alarmId }, number): Canary[] => [
    {
      area: street,
      departmentCode: null,
      // The code of the street is the beginning of every code in it
      traces: [nameOf(street), street, String(buildingId), String(placeIdOf(number)), String(alarmId)],
    },
    ...DEPARTMENTS.flatMap((departmentCode, department) =>
      AGES.map((_, age) => ({
        area: street,
        departmentCode,
        traces: tracesOf(incidentIdOf(number, department, age), nameOf(street, departmentCode, String(age))),
      })),
    ),
  ]),
]

/** What must not stand in an answer to somebody who sees this. */
export function foreignTraces({ areas, departmentCode }: CaseScope): string[] {
  return canaries
    .filter(
      (canary) =>
        !inScope(canary.area, areas) ||
        (canary.departmentCode !== null &&
          departmentCode !== null &&
          canary.departmentCode !== departmentCode),
    )
    .flatMap(({ traces }) => traces)
}

/** Fills every table of the district: in each street a community, a grid, a building, a place, an alarm and four cases. */
export async function insertCanaries(db: Database, keep: KeepContact): Promise<void> {
  await db.query(`INSERT INTO categories (code, name) VALUES ('01', 'any')`)
  await db.query(`INSERT INTO indicators (code, name) VALUES ('visits', 'visits')`)
  for (const code of DEPARTMENTS) {
    await db.query('INSERT INTO departments (code, name) VALUES ($1, $1)', [code])
  }
  for (const code of DISTRICTS) {
    await db.query(`INSERT INTO areas (code, level, name) VALUES ($1, 'district', $2)`, [code, nameOf(code)])
  }
  for (const [number, target] of targets.entries()) await insertStreet(db, number, target, keep)
}

async function insertStreet(db: Database, number: number, target: Target, keep: KeepContact): Promise<void> {
  const { street, community, grid, buildingId, alarmId, lng, lat } = target
  const name = nameOf(street)
  const at = (side: number) => [lng - side, lat - side, lng + side, lat + side]
  await db.query(
    `INSERT INTO areas (code, level, name, parent_code, geom)
     SELECT code, level, $3, parent, ST_Multi(ST_MakeEnvelope($4, $5, $6, $7, 4326))
       FROM (VALUES ($1, 'street', left($1, 6)), ($2, 'community', $1)) place (code, level, parent)`,
    [street, community, name, ...at(0.005)],
  )
  await db.query(
    `INSERT INTO grids (code, valid_from, area_code, name, households, geom)
     VALUES ($1, '2020-01-01', $2, $3, 100, ST_Multi(ST_MakeEnvelope($4, $5, $6, $7, 4326)))`,
    [grid, community, name, ...at(0.005)],
  )
  await db.query(
    `INSERT INTO buildings (id, external_id, name, grid_code, area_code, geom) OVERRIDING SYSTEM VALUE
     VALUES ($1::bigint, $2, $2, $3, $4, ST_Multi(ST_MakeEnvelope($5, $6, $7, $8, 4326)))`,
    [buildingId, name, grid, community, ...at(0.001)],
  )
  await db.query(
    `INSERT INTO places (id, external_id, type, name, grid_code, area_code, geom) OVERRIDING SYSTEM VALUE
     VALUES ($1::bigint, $2, 'other', $2, $3, $4, ST_SetSRID(ST_MakePoint($5, $6), 4326))`,
    [placeIdOf(number), name, grid, community, lng, lat],
  )
  await db.query(
    `INSERT INTO indicator_values (indicator_code, place_code, period_from, period_to, value)
     VALUES ('visits', $1, '2026-01-01', '2026-02-01', 1), ('visits', $2, '2026-01-01', '2026-02-01', 1)`,
    [street, grid],
  )
  await db.query(
    `INSERT INTO alarms (id, source, wall_id, rule_id, language, expires_at, title, text, level, place_code,
                         place_name, area_code, geom) OVERRIDING SYSTEM VALUE
     VALUES ($1::bigint, 'rule', 0, 'canary', 'en', now() + interval '1 day', $2, $2, 1, $3, $2, $4,
             ST_SetSRID(ST_MakePoint($5, $6), 4326))`,
    [alarmId, name, grid, community, lng, lat],
  )
  for (const [department, departmentCode] of DEPARTMENTS.entries()) {
    for (const [age, interval] of AGES.entries()) {
      const title = nameOf(street, departmentCode, String(age))
      const id = incidentIdOf(number, department, age)
      await db.query(
        `INSERT INTO incidents (id, number, category_code, department_code, title, description, address, geom,
                                grid_at_report, grid_now, area_code, reported_at) OVERRIDING SYSTEM VALUE
         VALUES ($1::bigint, $2, '01', $3, $2, $2, $2, ST_SetSRID(ST_MakePoint($4, $5), 4326), $6, $6, $7,
                 now() - $8::interval)`,
        [id, title, departmentCode, lng, lat, grid, community, interval],
      )
      await db.query(
        `INSERT INTO transitions (incident_id, at, actor, to_status, reason)
         VALUES ($1::bigint, now() - $3::interval, $2, 'reported', $2)`,
        [id, title, interval],
      )
      await db.transaction((tx) => keep(tx, id, contactOf(id)))
    }
  }
}

/** A text that changes with any row that `prefix` does not begin. */
export async function foreignRows(db: Database, prefix: string): Promise<string> {
  const { rows } = await db.query<{ rows: string }>(
    `SELECT concat_ws(E'\\n',
              (SELECT string_agg(areas::text, ' ' ORDER BY code) FROM areas WHERE NOT code ^@ $1),
              (SELECT string_agg(grids::text, ' ' ORDER BY code) FROM grids WHERE NOT area_code ^@ $1),
              (SELECT string_agg(buildings::text, ' ' ORDER BY id) FROM buildings WHERE NOT area_code ^@ $1),
              (SELECT string_agg(places::text, ' ' ORDER BY id) FROM places WHERE NOT area_code ^@ $1),
              (SELECT string_agg(incidents::text, ' ' ORDER BY id) FROM incidents WHERE NOT area_code ^@ $1),
              (SELECT string_agg(alarms::text, ' ' ORDER BY id) FROM alarms WHERE NOT area_code ^@ $1),
              (SELECT count(*)::text FROM transitions JOIN incidents i ON i.id = incident_id WHERE NOT i.area_code ^@ $1)
            ) AS rows`,
    [prefix],
  )
  return rows[0]!.rows
}

/** Takes out all rows outside of a street but for its district, which it hangs on. */
export async function removeForeign(db: Database, street: string): Promise<void> {
  for (const table of ['alarms', 'incidents', 'buildings', 'places', 'grids']) {
    await db.query(`DELETE FROM ${table} WHERE NOT area_code ^@ $1`, [street])
  }
  await db.query('DELETE FROM indicator_values WHERE NOT place_code ^@ $1', [street])
  for (const level of ['community', 'street', 'district']) {
    await db.query('DELETE FROM areas WHERE level = $2 AND NOT code ^@ $1 AND NOT $1 ^@ code', [
      street,
      level,
    ])
  }
}
