import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Cleaned } from '../../../domain/coverage/clean.ts'
import { BYTE_ORDER_MARK, csvLine } from '../../csv-cell.ts'
import type { ImportContext } from '../import-context.ts'
import { reportPath } from '../report-files.ts'

export interface CleaningReport {
  /** number of changes by kind */
  changes: Record<string, number>
  problems: number
  /** paths under the data directory; null when there is nothing to list */
  changesFile: string | null
  problemsFile: string | null
}

/** Writes what cleaning did and what it left, each with its place, as tables. */
export async function reportCleaning(
  { config, id }: ImportContext,
  { changes, problems }: Pick<Cleaned, 'changes' | 'problems'>,
): Promise<CleaningReport> {
  const counts: Record<string, number> = {}
  for (const { kind, count = 1 } of changes) counts[kind] = (counts[kind] ?? 0) + count
  return {
    changes: counts,
    problems: problems.length,
    changesFile: await writeTable(
      config.dataDir,
      reportPath(id, 'changes'),
      ['change', 'grids', 'lng', 'lat', 'area_m2', 'vertices'],
      changes.map(({ kind, keys, at, areaM2, count }) => [
        kind,
        keys.join(' '),
        ...at,
        areaM2?.toFixed(2) ?? '',
        count ?? 1,
      ]),
    ),
    problemsFile: await writeTable(
      config.dataDir,
      reportPath(id, 'problems'),
      ['problem', 'grids', 'lng', 'lat', 'area_m2', 'width_m'],
      problems.map(({ kind, keys, at, areaM2, widthM }) => [
        kind,
        keys.join(' '),
        ...at,
        areaM2.toFixed(2),
        widthM.toFixed(3),
      ]),
    ),
  }
}

async function writeTable(
  dataDir: string,
  file: string,
  header: string[],
  rows: readonly (string | number)[][],
): Promise<string | null> {
  if (rows.length === 0) return null
  const path = join(dataDir, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, BYTE_ORDER_MARK + [header, ...rows].map(csvLine).join(''))
  return file
}
