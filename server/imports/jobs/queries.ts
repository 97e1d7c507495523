import type { ImportKind } from '../../../domain/import-fields.ts'
import type { ImportSettings } from '../../../domain/import-options.ts'
import type { Queryable } from '../../database/database.ts'

export interface RememberedSettings {
  kind: ImportKind
  settings: Partial<ImportSettings>
}

/** How files with these columns (`columns`: their hash) were imported before, the last first. */
export async function listRemembered(db: Queryable, columns: string): Promise<RememberedSettings[]> {
  const { rows } = await db.query<RememberedSettings>(
    `SELECT kind, settings FROM import_mappings WHERE columns = $1 ORDER BY used_at DESC`,
    [columns],
  )
  return rows
}

export async function remember(
  db: Queryable,
  columns: string,
  { kind, settings }: RememberedSettings,
): Promise<void> {
  await db.query(
    `INSERT INTO import_mappings (kind, columns, settings) VALUES ($1, $2, $3)
     ON CONFLICT (kind, columns) DO UPDATE SET settings = excluded.settings, used_at = now()`,
    [kind, columns, JSON.stringify(settings)],
  )
}
