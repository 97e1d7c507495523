import type { WallReport, WatchedWall } from '../../../domain/wall/report.ts'
import type { Queryable } from '../../database/database.ts'

/** Keeps the last report of a screen; without a new picture the last one stays. */
export async function saveReport(
  db: Queryable,
  deviceId: number,
  report: Omit<WallReport, 'thumbnail'>,
  thumbnail: Uint8Array | null,
): Promise<void> {
  await db.query(
    `INSERT INTO wall_reports (device_id, report, thumbnail) VALUES ($1::bigint, $2::jsonb, $3)
     ON CONFLICT (device_id) DO UPDATE
        SET reported_at = now(), report = excluded.report,
            thumbnail = coalesce(excluded.thumbnail, wall_reports.thumbnail)`,
    [deviceId, JSON.stringify(report), thumbnail],
  )
}

/** The last reports of the screens in use. */
export async function listReports(db: Queryable): Promise<WatchedWall[]> {
  const { rows } = await db.query<Omit<WatchedWall, 'reportedAt'> & { reportedAt: Date }>(
    `SELECT device_id AS "deviceId", wall_id AS "wallId", reported_at AS "reportedAt", report,
            thumbnail IS NOT NULL AS "hasThumbnail"
       FROM wall_reports
       JOIN wall_devices ON wall_devices.id = device_id
      WHERE revoked_at IS NULL
      ORDER BY device_id`,
  )
  return rows.map((row) => ({ ...row, reportedAt: row.reportedAt.toISOString() }))
}

export async function findThumbnail(db: Queryable, deviceId: number): Promise<Uint8Array | null> {
  const { rows } = await db.query<{ thumbnail: Uint8Array | null }>(
    `SELECT thumbnail
       FROM wall_reports
       JOIN wall_devices ON wall_devices.id = device_id
      WHERE device_id = $1::bigint AND revoked_at IS NULL`,
    [deviceId],
  )
  return rows[0]?.thumbnail ?? null
}
