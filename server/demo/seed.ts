import { dayOf, wallSeconds } from '../../domain/local-day.ts'
import { type Asker, systemAsker } from '../audit/askers.ts'
import { recordAudit } from '../audit/record.ts'
import { loadInBulk } from '../database/bulk-load.ts'
import type { Database, Queryable, Transaction } from '../database/database.ts'
import type { StepName } from '../steps.ts'
import {
  analyzeSeeded,
  continueIds,
  isEmpty,
  lockForSeeding,
  noteDemoDistrict,
  pauseDeriving,
} from './queries.ts'
import { SEEDED_COLUMNS, type SeedChunk, type SeededTable } from './seed-rows.ts'
import { rowsFromThread } from './seed-thread.ts'

export interface SeedOptions {
  /** 1: the shipped size */
  scale: number
  timeZone: string
  /** the moment of the last case */
  now: Date
  /** who has it made; without one the start of the server does */
  asker?: Asker
  /** called as something begins that is not the rows of a table */
  onStep?: (step: StepName) => void
  /** called as rows of a table go in */
  onProgress?: (table: SeededTable, rows: number) => void
  /** gives areas the union of their grids (server/areas) */
  dissolveAreas: (db: Queryable, date: string) => Promise<void>
}

/** Makes the demo district in an empty database, in one transaction. Answers false where it is not empty. */
export async function seedDemoDistrict(db: Database, options: SeedOptions): Promise<boolean> {
  const { scale, timeZone, now, asker = systemAsker('start'), onStep = () => {} } = options
  if (!(await isEmpty(db))) return false
  const nowS = Math.floor(now.getTime() / 1000)
  const chunks = rowsFromThread({ scale, nowS, offsetS: wallSeconds(nowS, timeZone) - nowS })
  try {
    return await db.transaction(async (tx) => {
      await lockForSeeding(tx)
      if (!(await isEmpty(tx))) return false
      onStep({ en: 'Demo district: making up a town', 'zh-CN': '示范区：生成城区' })
      await pauseDeriving(tx, true)
      await loadInBulk(tx, ['buildings', 'base_features', 'incidents', 'transitions'], async () => {
        await copyAll(tx, chunks, options)
        onStep({ en: 'Demo district: indexes', 'zh-CN': '示范区：建立索引' })
      })
      await pauseDeriving(tx, false)
      await continueIds(tx)
      await analyzeSeeded(tx)
      await options.dissolveAreas(tx, dayOf(nowS, timeZone))
      await noteDemoDistrict(tx, scale, now)
      await recordAudit(tx, {
        ...asker,
        action: 'database.seed',
        subject: 'demo district',
        outcome: 'done',
        after: { scale },
      })
      return true
    })
  } finally {
    await chunks.return(undefined)
  }
}

/** Each table by one COPY, in the order in which the chunks come. */
async function copyAll(
  tx: Transaction,
  chunks: AsyncGenerator<SeedChunk>,
  { onProgress = () => {} }: SeedOptions,
): Promise<void> {
  let next = await chunks.next()
  while (!next.done) {
    const { table } = next.value
    onProgress(table, 0)
    let rows = 0
    await tx.copyIn(
      `COPY ${table} (${SEEDED_COLUMNS[table]}) FROM STDIN`,
      (async function* () {
        while (!next.done && next.value.table === table) {
          for (const byte of next.value.rows) if (byte === 10) rows++
          yield next.value.rows
          onProgress(table, rows)
          next = await chunks.next()
        }
      })(),
    )
  }
}
