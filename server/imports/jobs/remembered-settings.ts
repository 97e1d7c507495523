import { createHash } from 'node:crypto'
import type { Inspection } from '../../../domain/import-job.ts'
import type { ImportSettings } from '../../../domain/import-options.ts'
import type { Asker } from '../../audit/askers.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Database, Queryable } from '../../database/database.ts'
import type { WhatIsIn } from '../thread/messages.ts'
import { listRemembered, type RememberedSettings, remember } from './queries.ts'

/** Files with the same columns, in whatever order, are files of the same making. */
function keyOf(columns: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([...columns].sort()))
    .digest('hex')
    .slice(0, 32)
}

/** What is in files together with how such files were imported before, which also tells their kind. */
export async function withRemembered(db: Queryable, found: WhatIsIn): Promise<Inspection> {
  const remembered = await listRemembered(db, keyOf(found.columns))
  return {
    ...found,
    kind: remembered[0]?.kind ?? found.kind,
    remembered: Object.fromEntries(remembered.map(({ kind, settings }) => [kind, settings])),
  }
}

/** For the next files with these columns. A first day in force and a layer are of these files alone. */
export async function rememberSettings(
  db: Database,
  columns: readonly string[],
  { kind, settings }: RememberedSettings,
  asker: Asker,
): Promise<void> {
  const { validFrom: _, layer: __, ...lasting }: Partial<ImportSettings> = settings
  const key = keyOf(columns)
  await db.transaction(async (tx) => {
    const before = (await listRemembered(tx, key)).find((one) => one.kind === kind)
    await remember(tx, key, { kind, settings: lasting })
    await recordAudit(tx, {
      ...asker,
      action: 'import.remember',
      subject: `settings ${kind} ${key}`,
      outcome: 'done',
      before: before?.settings,
      after: lasting,
    })
  })
}
