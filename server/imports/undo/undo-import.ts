import type { RefusalSentence, RefusalValues } from '../../../domain/import-refusals.ts'
import { dayOf } from '../../../domain/local-day.ts'
import type { Asker } from '../../audit/askers.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Transaction } from '../../database/database.ts'
import { lockGrids, lockIncidents, reattributeBuildings, reattributeIncidents } from '../grids/queries.ts'
import type { ImportParts } from '../import-context.ts'
import { withoutOtherImports } from '../import-lock.ts'
import { ImportRefused } from '../import-refused.ts'
import { attributePlaces } from '../places/queries.ts'
import {
  allowLongStatements,
  countWorkedOn,
  deleteRows,
  dropRows,
  findChangedRows,
  findNewerGrid,
  listDependents,
  listTouchedTables,
  noteBroughtIn,
  noteUndoneBorders,
  recordUndone,
  restoreRows,
} from './queries.ts'

/** How long what an import replaced is kept. */
export const UNDO_DAYS = 30

// A new version of a grid must go before the one it followed may be in force again, and the values of an
// indicator before it is asked whether others have come since
const DELETED_FIRST = ['transitions', 'grids', 'indicator_values']
const RESTORED = [
  'grids',
  'buildings',
  'incidents',
  'areas',
  'categories',
  'departments',
  'indicators',
  'indicator_values',
  'places',
]
// What refers to a row before the row
const DELETED_LAST = ['indicators', 'incidents', 'buildings', 'places', 'areas', 'categories', 'departments']

/** Why an import cannot be taken back: everything that stands on it. */
export class UndoBlocked extends Error {
  constructor(readonly blockers: readonly ImportRefused[]) {
    super(blockers.map(({ message }) => message).join(' '))
  }
}

/**
 * Takes import `id` back in one transaction: rows it inserted go, rows it updated are again what they were.
 * Buildings, cases and places that came since follow the borders that are in force again.
 * @throws UndoBlocked when something newer stands on it, ImportRefused while another import runs
 */
export function undoImport(
  { db, config, checkCoverage }: Pick<ImportParts, 'db' | 'config' | 'checkCoverage'>,
  id: number,
  by: string,
  asker: Asker,
): Promise<void> {
  const today = dayOf(Date.now() / 1000, config.timeZone)
  return withoutOtherImports(db, () =>
    db.transaction(async (tx) => {
      await allowLongStatements(tx)
      const touched = await listTouchedTables(tx, id)
      if (touched.size === 0) throw blocked('undo-blocked.no-record', { days: UNDO_DAYS })
      const hasGrids = touched.has('grids')
      if (hasGrids) await lockGrids(tx)
      // Nobody reports a case or works on one between what is checked and what is taken back
      await lockIncidents(tx)
      await refuseWhatIsNewer(tx, id, touched)
      const before = hasGrids ? await checkCoverage(tx, today) : null
      if (hasGrids) await noteUndoneBorders(tx, id)
      const those = (tables: readonly string[]) => tables.filter((table) => touched.has(table))
      for (const table of those(DELETED_FIRST)) await deleteRows(tx, id, table)
      for (const table of those(RESTORED)) await restoreRows(tx, id, table)
      await noteBroughtIn(tx, id)
      const dependents = await listDependents(tx)
      if (dependents.length > 0) {
        throw new UndoBlocked(
          dependents.map(
            ({ what, on, rows, example }) =>
              new ImportRefused('undo-blocked.in-use', { what, on, rows, example }),
          ),
        )
      }
      for (const table of those(DELETED_LAST)) await deleteRows(tx, id, table)
      if (before) {
        await attributePlaces(tx, today)
        await reattributeBuildings(tx, today)
        await reattributeIncidents(tx, today, config.timeZone)
        const after = await checkCoverage(tx, today)
        if (after.gaps > before.gaps || after.overlaps > before.overlaps) {
          throw blocked('undo-blocked.coverage', {
            gaps: after.gaps,
            overlaps: after.overlaps,
            gapsNow: before.gaps,
            overlapsNow: before.overlaps,
          })
        }
      }
      await dropRows(tx, id)
      await recordUndone(tx, id, by)
      await recordAudit(tx, {
        ...asker,
        action: 'import.undo',
        subject: `import ${id}`,
        outcome: 'done',
        before: { state: 'done' },
        after: { state: 'undone', tables: [...touched].sort() },
      })
    }),
  )
}

/** @throws UndoBlocked when a row of the import was changed since, or people worked on a case of it */
async function refuseWhatIsNewer(tx: Transaction, id: number, touched: ReadonlySet<string>): Promise<void> {
  const blockers: ImportRefused[] = []
  const workedOn = await countWorkedOn(tx, id)
  if (workedOn.rows > 0) blockers.push(new ImportRefused('undo-blocked.worked-on', { ...workedOn }))
  for (const table of touched) {
    const changed = await findChangedRows(tx, id, table)
    if (!changed) continue
    const { later, rows, example } = changed
    if (later) {
      blockers.push(
        new ImportRefused('undo-blocked.import', { later: later.id, file: later.file, rows: later.rows }),
      )
    } else if (table !== 'incidents' || workedOn.rows === 0) {
      blockers.push(new ImportRefused('undo-blocked.changed', { what: table, rows, example }))
    }
  }
  const newer = blockers.length === 0 && touched.has('grids') ? await findNewerGrid(tx, id) : null
  if (newer !== null) blockers.push(new ImportRefused('undo-blocked.grids-newer', { example: newer }))
  if (blockers.length > 0) throw new UndoBlocked(blockers)
}

function blocked<S extends RefusalSentence>(sentence: S, values: RefusalValues<S>): UndoBlocked {
  return new UndoBlocked([new ImportRefused(sentence, values)])
}
