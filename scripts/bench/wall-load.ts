import { randomUUID } from 'node:crypto'
import type { Level, Status } from '../../domain/incident.ts'
import { EVERYTHING } from '../../domain/scope.ts'
import { systemAsker } from '../../server/audit/askers.ts'
import { readConfig } from '../../server/config.ts'
import { ContactBook } from '../../server/contacts/contact-book.ts'
import { ContactKeys } from '../../server/contacts/contact-keys.ts'
import type { Database } from '../../server/database/database.ts'
import { advanceIncident } from '../../server/incidents/advance.ts'
import { reportIncident } from '../../server/incidents/report.ts'

/** What the reference district reports a day. */
const CASES_A_DAY = 3_000
const LOOP: readonly Status[] = ['reported', 'filed', 'dispatched', 'handled', 'verified', 'closed']
/** Between two steps of a case, at the district's own pace. */
const STEP_EVERY_S = 1_800
const TICK_MS = 500

interface PastCase {
  categoryCode: string
  level: Level
  lng: number
  lat: number
}

/**
 * Cases come in and go through the loop, through the code that everybody writes with, `speed` times as fast as in the
 * reference district. Answers how to stop, and then how many rows were written or, thrown, why none were any more.
 */
export async function startLoad(db: Database, speed: number): Promise<() => Promise<number>> {
  const { rows: past } = await db.query<PastCase>(
    `SELECT category_code AS "categoryCode", level, ST_X(geom) AS lng, ST_Y(geom) AS lat
       FROM incidents ORDER BY reported_at DESC LIMIT 5000`,
  )
  const config = readConfig({ LOG_LEVEL: 'silent' })
  const asker = systemAsker('bench')
  const parts = {
    db,
    timeZone: config.timeZone,
    contacts: new ContactBook(new ContactKeys(config, db.kind)),
  }
  const open: { id: number; step: number; dueAt: number }[] = []
  let written = 0
  let stopped = false
  let owed = 0
  let last = Date.now()

  async function report(): Promise<void> {
    const { categoryCode, level, lng, lat } = past[Math.floor(Math.random() * past.length)]!
    const incident = { categoryCode, level, lng, lat, reportedAt: new Date().toISOString() }
    const id = await reportIncident(
      parts,
      randomUUID(),
      incident,
      { actor: 'bench', scope: EVERYTHING },
      asker,
    )
    written += 1
    open.push({ id, step: 0, dueAt: Date.now() + (STEP_EVERY_S * 1000) / speed })
  }

  async function advanceFirst(): Promise<void> {
    const one = open.shift()!
    await advanceIncident(
      db,
      one.id,
      {
        at: new Date().toISOString(),
        actor: 'bench',
        fromStatus: LOOP[one.step]!,
        toStatus: LOOP[one.step + 1]!,
        dueAt: null,
        reason: null,
        departmentCode: null,
      },
      asker,
    )
    written += 1
    if (one.step + 2 < LOOP.length)
      open.push({ id: one.id, step: one.step + 1, dueAt: Date.now() + (STEP_EVERY_S * 1000) / speed })
  }

  let failure: unknown = null
  const running = (async () => {
    while (!stopped) {
      const now = Date.now()
      owed += ((now - last) / 86_400_000) * CASES_A_DAY * speed
      last = now
      for (; owed >= 1 && !stopped; owed -= 1) await report()
      while (!stopped && open[0] && open[0].dueAt <= now) await advanceFirst()
      await new Promise((resolve) => setTimeout(resolve, TICK_MS))
    }
  })().catch((error: unknown) => {
    failure = error
  })
  return async () => {
    stopped = true
    await running
    if (failure) throw failure
    return written
  }
}
