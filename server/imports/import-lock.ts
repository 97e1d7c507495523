import type { Database } from '../database/database.ts'
import { ImportRefused } from './import-refused.ts'
import { tryImportLock } from './queries.ts'
import { runningImport } from './record/queries.ts'

const running = new WeakSet<Database>()

/**
 * Holds off other imports while `work` runs: on PostgreSQL by a lock in a session of its own, which goes with
 * the process; the embedded database has one process, and its one session must stay free for the work.
 * @throws ImportRefused when another import runs
 */
export async function withoutOtherImports<T>(db: Database, work: () => Promise<T>): Promise<T> {
  if (running.has(db)) throw await anotherImport(db)
  running.add(db)
  try {
    if (db.kind === 'embedded') return await work()
    return await db.transaction(async (tx) => {
      if (!(await tryImportLock(tx))) throw await anotherImport(db)
      return work()
    })
  } finally {
    running.delete(db)
  }
}

/**
 * The same for an import whose `work` is done in a thread, where it holds off others itself: on PostgreSQL by the
 * lock that all see, on the embedded database only by what is noted here, where imports are undone.
 */
export function withoutOtherImportsHere<T>(db: Database, work: () => Promise<T>): Promise<T> {
  return db.kind === 'embedded' ? withoutOtherImports(db, work) : work()
}

async function anotherImport(db: Database): Promise<ImportRefused> {
  const other = await runningImport(db)
  return other
    ? new ImportRefused('another-import.named', { kind: other.kind, file: other.fileName })
    : new ImportRefused('another-import.unnamed', {})
}
