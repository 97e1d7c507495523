import type { WallDevice } from '../../../domain/access/wall-device.ts'
import type { Queryable, Transaction } from '../../database/database.ts'

/** False: as many screens wait from this address, or in all, as may. */
export async function insertPairing(
  tx: Transaction,
  pairing: { code: string; secretHash: Uint8Array; address: string },
  { minutes, perAddress, inAll }: { minutes: number; perAddress: number; inAll: number },
): Promise<Date | null> {
  await tx.query(`DELETE FROM wall_pairings WHERE expires_at < now()`)
  const { rows } = await tx.query<{ expiresAt: Date }>(
    `INSERT INTO wall_pairings (code, secret_hash, address, expires_at)
     SELECT $1, $2, $3, now() + make_interval(mins => $4::int)
      WHERE (SELECT count(*) FROM wall_pairings WHERE address = $3) < $5::int
        AND (SELECT count(*) FROM wall_pairings) < $6::int
     ON CONFLICT DO NOTHING
     RETURNING expires_at AS "expiresAt"`,
    [pairing.code, pairing.secretHash, pairing.address, minutes, perAddress, inAll],
  )
  return rows[0]?.expiresAt ?? null
}

export interface WaitingPairing {
  code: string
  expiresAt: Date
  deviceId: number | null
}

/** Null: it is over. */
export async function findPairing(db: Queryable, secretHash: Uint8Array): Promise<WaitingPairing | null> {
  const { rows } = await db.query<WaitingPairing>(
    `SELECT code, expires_at AS "expiresAt", device_id AS "deviceId"
       FROM wall_pairings WHERE secret_hash = $1 AND expires_at > now()`,
    [secretHash],
  )
  return rows[0] ?? null
}

/** Those that were not revoked. */
export async function countDevices(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*) AS n FROM wall_devices WHERE revoked_at IS NULL`,
  )
  return rows[0]!.n
}

/** Null: no screen shows this code. */
export async function approvePairing(
  tx: Transaction,
  code: string,
  device: { name: string; scope: readonly string[]; wallId: number | null; pairedBy: string },
): Promise<number | null> {
  const waiting = await tx.query(
    `SELECT 1 FROM wall_pairings WHERE code = $1 AND device_id IS NULL AND expires_at > now() FOR UPDATE`,
    [code],
  )
  if (waiting.rows.length === 0) return null
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO wall_devices (name, scope, wall_id, paired_by) VALUES ($1, $2::text[], $3::bigint, $4) RETURNING id`,
    [device.name, device.scope, device.wallId, device.pairedBy],
  )
  await tx.query(`UPDATE wall_pairings SET device_id = $2::bigint WHERE code = $1`, [code, rows[0]!.id])
  return rows[0]!.id
}

/** Gives the device its token, once, and answers its name: null when it has one or was revoked meanwhile. */
export async function giveToken(
  tx: Transaction,
  deviceId: number,
  tokenHash: Uint8Array,
  secretHash: Uint8Array,
): Promise<string | null> {
  const { rows } = await tx.query<{ name: string }>(
    `UPDATE wall_devices SET token_hash = $2
      WHERE id = $1::bigint AND token_hash IS NULL AND revoked_at IS NULL
      RETURNING name`,
    [deviceId, tokenHash],
  )
  await tx.query(`DELETE FROM wall_pairings WHERE secret_hash = $1`, [secretHash])
  return rows[0]?.name ?? null
}

export interface KnownDevice {
  id: number
  name: string
  scope: string[]
}

/** Whose token it is; null: nobody's, or it was revoked. Notes now and then that it asks. */
export async function findDevice(
  db: Queryable,
  tokenHash: Uint8Array,
  address: string,
): Promise<KnownDevice | null> {
  const { rows } = await db.query<KnownDevice & { isStale: boolean }>(
    `SELECT id, name, scope,
            coalesce(last_seen_at < now() - interval '30 seconds' OR last_address <> $2, true) AS "isStale"
       FROM wall_devices WHERE token_hash = $1 AND revoked_at IS NULL`,
    [tokenHash, address],
  )
  const row = rows[0]
  if (!row) return null
  const { isStale, ...device } = row
  if (isStale) {
    await db.query(`UPDATE wall_devices SET last_seen_at = now(), last_address = $2 WHERE id = $1::bigint`, [
      device.id,
      address,
    ])
  }
  return device
}

const DEVICE = `id, name, scope, wall_id AS "wallId", paired_at AS "pairedAt", paired_by AS "pairedBy", last_seen_at AS "lastSeenAt",
  last_address AS "lastAddress", revoked_at AS "revokedAt"`

type DeviceRow = Omit<WallDevice, 'pairedAt' | 'lastSeenAt' | 'revokedAt'> & {
  pairedAt: Date
  lastSeenAt: Date | null
  revokedAt: Date | null
}

/** Those in use, by name, then those revoked in the last 30 days. */
export async function listDevices(db: Queryable): Promise<WallDevice[]> {
  const { rows } = await db.query<DeviceRow>(
    `SELECT ${DEVICE}
       FROM wall_devices
      WHERE revoked_at IS NULL OR revoked_at > now() - interval '30 days'
      ORDER BY revoked_at IS NOT NULL, lower(name), id
      LIMIT 1000`,
  )
  return rows.map(deviceOf)
}

export async function findWallDevice(db: Queryable, id: number): Promise<WallDevice | null> {
  const { rows } = await db.query<DeviceRow>(`SELECT ${DEVICE} FROM wall_devices WHERE id = $1::bigint`, [id])
  return rows[0] ? deviceOf(rows[0]) : null
}

/** Whether it shows another wall now. */
export async function chooseWall(tx: Transaction, id: number, wallId: number | null): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE wall_devices SET wall_id = $2::bigint WHERE id = $1::bigint AND wall_id IS DISTINCT FROM $2::bigint`,
    [id, wallId],
  )
  return rowCount === 1
}

/** Held until the transaction ends: nobody deletes it meanwhile. */
export async function isWall(tx: Transaction, id: number): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT 1 FROM walls WHERE id = $1::bigint AND deleted_at IS NULL FOR SHARE`,
    [id],
  )
  return rows.length > 0
}

/** False: it was revoked before. */
export async function revokeDevice(tx: Transaction, id: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE wall_devices SET revoked_at = now() WHERE id = $1::bigint AND revoked_at IS NULL`,
    [id],
  )
  return rowCount === 1
}

function deviceOf({ pairedAt, lastSeenAt, revokedAt, ...device }: DeviceRow): WallDevice {
  return {
    ...device,
    pairedAt: pairedAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }
}
