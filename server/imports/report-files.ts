import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What the reports of an import tell of: rows that were rejected, gaps and overlaps that stay, what was cleaned. */
export const REPORTS = ['rejected', 'problems', 'changes'] as const
export type Report = (typeof REPORTS)[number]

/** Path under the data directory. */
export const reportPath = (id: number, report: Report) => join('reports', `import-${id}-${report}.csv`)

export async function removeReports(dataDir: string, id: number): Promise<void> {
  for (const report of REPORTS) await rm(join(dataDir, reportPath(id, report)), { force: true })
}
