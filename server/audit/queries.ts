import type { AuditFilter, AuditItem } from '../../domain/audit.ts'
import type { Queryable, Transaction } from '../database/database.ts'
import type { AuditRow } from './record.ts'

export interface Head {
  /** `YYYY-MM-DD` in UTC */
  day: string
  seq: number
  hash: Uint8Array
}

/**
 * The last row so far, held until the transaction ends; seq 0: the day has none yet, and goes on from the last day
 * before it. A day that has begun does not end while a clock is set back: its rows stay in order.
 */
export async function lockHead(tx: Transaction, today: string): Promise<Head> {
  // Also on a day that has no row yet there is something to wait for
  await tx.query(`LOCK TABLE audit_heads IN SHARE ROW EXCLUSIVE MODE`)
  const { rows } = await tx.query<Head>(`SELECT day, seq, hash FROM audit_heads ORDER BY day DESC LIMIT 1`)
  const last = rows[0] ?? { day: today, seq: 0, hash: new Uint8Array() }
  return last.day >= today ? last : { day: today, seq: 0, hash: last.hash }
}

export async function appendRow(tx: Transaction, row: AuditRow, hash: Uint8Array): Promise<void> {
  await tx.query(
    `INSERT INTO audit (day, seq, at, actor_kind, actor_id, actor_name, actor_role, address, action, subject,
                        outcome, before, after, hash)
     VALUES ($1, $2, $3, $4, $5::bigint, $6, $7, $8, $9, $10, $11, $12::json, $13::json, $14)`,
    [
      row.day,
      row.seq,
      row.at,
      row.actorKind,
      row.actorId,
      row.actorName,
      row.actorRole,
      row.address,
      row.action,
      row.subject,
      row.outcome,
      row.before,
      row.after,
      hash,
    ],
  )
  await tx.query(
    `INSERT INTO audit_heads (day, seq, hash) VALUES ($1, $2, $3)
     ON CONFLICT (day) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
    [row.day, row.seq, hash],
  )
}

/** A row with its hash as it stands in the table. */
export type StoredRow = AuditRow & { hash: Uint8Array }

const STORED_ROW = `day, seq, at, actor_kind AS "actorKind", actor_id AS "actorId", actor_name AS "actorName",
  actor_role AS "actorRole", address, action, subject, outcome, before::text AS before, after::text AS after, hash`

/** At most `limit` rows behind `after` in the order of the chain. */
export async function listChain(
  db: Queryable,
  after: Pick<Head, 'day' | 'seq'> | null,
  limit: number,
): Promise<StoredRow[]> {
  const { rows } = await db.query<StoredRow>(
    `SELECT ${STORED_ROW}
       FROM audit
      WHERE $1::date IS NULL OR (day, seq) > ($1, $2::int)
      ORDER BY day, seq
      LIMIT $3::int`,
    [after?.day ?? null, after?.seq ?? null, limit],
  )
  return rows
}

/** What is read afterwards is all of one moment; nothing is written. */
export async function readOneMoment(tx: Transaction): Promise<void> {
  await tx.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`)
}

/** The heads that moved on from `since`, a day's last row; null: all. */
export async function listHeads(db: Queryable, since: Pick<Head, 'day' | 'seq'> | null): Promise<Head[]> {
  const { rows } = await db.query<Head>(
    `SELECT day, seq, hash
       FROM audit_heads
      WHERE $1::date IS NULL OR (day, seq) > ($1, $2::int)
      ORDER BY day`,
    [since?.day ?? null, since?.seq ?? null],
  )
  return rows
}

/** Where a page of the list ended. */
export type AuditPosition = Pick<Head, 'day' | 'seq'>

/** At most `limit` rows that `filter` lets through, the newest first, behind `after`. */
export async function listAudit(
  db: Queryable,
  filter: AuditFilter,
  after: AuditPosition | null,
  limit: number,
): Promise<AuditItem[]> {
  const { from, to, who, action, subject, outcome } = filter
  // `at` is text of one length in UTC, whose order is that of time. A day goes on while a clock is set back
  const { rows } = await db.query<AuditItem>(
    `SELECT day, seq, at, actor_kind AS "actorKind", actor_name AS "actorName", actor_role AS "actorRole", address,
            action, subject, outcome, before, after, encode(hash, 'hex') AS hash
       FROM audit
      WHERE ($1::date IS NULL OR (day, seq) < ($1, $2::int))
        AND ($3::text IS NULL OR (at >= $3 AND day >= left($3, 10)::date))
        AND ($4::text IS NULL OR (at < $4 AND day <= left($4, 10)::date + 1))
        AND ($5::text IS NULL OR actor_name = $5)
        AND ($6::text IS NULL OR action = $6)
        AND ($7::text IS NULL OR subject COLLATE "C" = $7 OR subject COLLATE "C" ^@ ($7 || ' ')
             OR $7 ^@ '/' AND substr(subject, strpos(subject, ' ') + 1) ^@ $7)
        AND ($8::text IS NULL OR outcome = $8)
      ORDER BY day DESC, seq DESC
      LIMIT $9::int`,
    [
      after?.day ?? null,
      after?.seq ?? null,
      utc(from),
      utc(to),
      who ?? null,
      action ?? null,
      subject ?? null,
      outcome ?? null,
      limit,
    ],
  )
  return rows
}

const utc = (time: string | undefined) => (time === undefined ? null : new Date(time).toISOString())

/** Deletes whole days of rows, all that are before `day`; the heads stay. Answers what went; null: nothing did. */
export async function deleteDaysBefore(
  tx: Transaction,
  day: string,
): Promise<{ from: string; through: string; rows: number } | null> {
  const { rows } = await tx.query<{ from: string | null; through: string; rows: number }>(
    `WITH gone AS (
       DELETE FROM audit WHERE day < $1::date RETURNING day
     )
     SELECT min(day) AS "from", max(day) AS through, count(*) AS rows FROM gone`,
    [day],
  )
  const { from, through, rows: count } = rows[0]!
  return from === null ? null : { from, through, rows: count }
}
