import type { Wall, WallContent, WallSummary, WallVersion } from '../../../domain/wall/wall.ts'
import type { Queryable, Transaction } from '../../database/database.ts'

type Dated<T extends { changedAt: string }> = Omit<T, 'changedAt'> & { changedAt: Date }

const SUMMARY = `wall_id AS id, name, wall_versions.version, changed_at AS "changedAt", changed_by AS "changedBy"`

/** Those that are not deleted, by name. */
export async function listWalls(db: Queryable): Promise<WallSummary[]> {
  const { rows } = await db.query<Dated<WallSummary>>(
    `SELECT ${SUMMARY}
       FROM walls
       JOIN wall_versions ON wall_id = walls.id AND wall_versions.version = walls.version
      WHERE deleted_at IS NULL
      ORDER BY lower(name), wall_id`,
  )
  return rows.map(withTime)
}

/** The version in force; null: there is no such wall, or no longer. */
export async function findWall(db: Queryable, id: number): Promise<Wall | null> {
  const { rows } = await db.query<Dated<Wall>>(
    `SELECT ${SUMMARY}, content
       FROM walls
       JOIN wall_versions ON wall_id = walls.id AND wall_versions.version = walls.version
      WHERE walls.id = $1::bigint AND deleted_at IS NULL`,
    [id],
  )
  return rows[0] ? withTime(rows[0]) : null
}

/** As `findWall`, held until the transaction ends: whoever else wants to change it waits. */
export async function lockWall(tx: Transaction, id: number): Promise<Wall | null> {
  const { rows } = await tx.query(
    `SELECT 1 FROM walls WHERE id = $1::bigint AND deleted_at IS NULL FOR UPDATE`,
    [id],
  )
  return rows.length > 0 ? findWall(tx, id) : null
}

/** The newest one first; null: there is no such wall. */
export async function listVersions(db: Queryable, id: number): Promise<WallVersion[] | null> {
  const { rows } = await db.query<Dated<WallVersion>>(
    `SELECT wall_versions.version, changed_at AS "changedAt", changed_by AS "changedBy"
       FROM walls
       JOIN wall_versions ON wall_id = walls.id
      WHERE walls.id = $1::bigint AND deleted_at IS NULL
      ORDER BY wall_versions.version DESC`,
    [id],
  )
  return rows.length > 0 ? rows.map(withTime) : null
}

export async function findVersion(db: Queryable, id: number, version: number): Promise<Wall | null> {
  const { rows } = await db.query<Dated<Wall>>(
    `SELECT ${SUMMARY}, content
       FROM walls
       JOIN wall_versions ON wall_id = walls.id
      WHERE walls.id = $1::bigint AND deleted_at IS NULL AND wall_versions.version = $2::int`,
    [id, version],
  )
  return rows[0] ? withTime(rows[0]) : null
}

export interface Named {
  name: string
  content: WallContent
  changedBy: string
}

export async function insertWall(tx: Transaction, wall: Named): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(`INSERT INTO walls (version) VALUES (1) RETURNING id`)
  const { id } = rows[0]!
  await insertVersion(tx, id, 1, wall)
  return id
}

/** The wall must be locked. */
export async function changeWall(tx: Transaction, id: number, version: number, wall: Named): Promise<void> {
  await insertVersion(tx, id, version, wall)
  await tx.query(`UPDATE walls SET version = $2::int WHERE id = $1::bigint`, [id, version])
}

async function insertVersion(
  tx: Transaction,
  id: number,
  version: number,
  { name, content, changedBy }: Named,
) {
  await tx.query(
    `INSERT INTO wall_versions (wall_id, version, name, content, changed_by)
     VALUES ($1::bigint, $2::int, $3, $4::jsonb, $5)`,
    [id, version, name, JSON.stringify(content), changedBy],
  )
}

/** Its screens show the ready-made scenes from now on; its alarms end. */
export async function deleteWall(tx: Transaction, id: number): Promise<void> {
  await tx.query(`UPDATE walls SET deleted_at = now() WHERE id = $1::bigint`, [id])
  await tx.query(`UPDATE wall_devices SET wall_id = NULL WHERE wall_id = $1::bigint`, [id])
  await tx.query(`DELETE FROM wall_steering WHERE wall_id = $1::bigint`, [id])
  await tx.query(`UPDATE alarms SET expires_at = now() WHERE wall_id = $1::bigint AND expires_at > now()`, [
    id,
  ])
}

function withTime<T extends { changedAt: Date }>(row: T): Omit<T, 'changedAt'> & { changedAt: string } {
  return { ...row, changedAt: row.changedAt.toISOString() }
}
