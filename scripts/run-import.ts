import type { ImportStep } from '../domain/import-job.ts'
import { dissolveAreasFromGrids } from '../server/areas/queries.ts'
import { type Config, readConfig } from '../server/config.ts'
import { openDatabase } from '../server/database/connect.ts'
import { checkCoverage } from '../server/grids/queries.ts'
import type { ImportParts } from '../server/imports/import-context.ts'
import { type ImportResult, importFiles } from '../server/imports/import-files.ts'
import type { ImportOptions } from '../server/imports/import-options.ts'
import type { Steps } from '../server/steps.ts'

const STEP_WORDS: Record<ImportStep, string> = {
  read: 'Reading',
  check: 'Checking',
  clean: 'Cleaning the coverage',
  write: 'Writing',
}

/** An importer with its database open. */
export interface Importer {
  parts: Omit<ImportParts, 'onProgress' | 'config'> & { config: Config }
  /** Runs one import, showing how far it is. */
  run(options: ImportOptions): Promise<ImportResult>
  close(): Promise<void>
}

/** @throws StartError or ConfigError when the database cannot be used as things stand */
export async function openImporter(env: NodeJS.ProcessEnv, steps: Steps): Promise<Importer> {
  const config = readConfig(env)
  const opening = steps.sequence()
  const db = await opening.through(
    openDatabase(config, {
      onStep: opening.next,
      applicationName: 'grid-management import',
    }),
  )
  const parts = { db, config, dissolveAreas: dissolveAreasFromGrids, checkCoverage }
  return { parts, run: (options) => runShown(parts, options, steps), close: () => db.close() }
}

async function runShown(parts: ImportParts, options: ImportOptions, steps: Steps): Promise<ImportResult> {
  let shown: ImportStep | undefined
  let step = steps.begin(
    `Opening ${options.files.length === 1 ? options.files[0] : `${options.files.length} files`}`,
  )
  let startedAt = performance.now()
  try {
    return await importFiles(
      {
        ...parts,
        onProgress(progress) {
          if (progress.step !== shown) {
            step.end()
            step = steps.begin(`${STEP_WORDS[progress.step]} ${options.kind}`)
            shown = progress.step
            startedAt = performance.now()
          }
          step.detail(rate(progress.rows, performance.now() - startedAt, progress.step === 'read'))
        },
      },
      options,
    )
  } finally {
    step.end()
  }
}

function rate(rows: number, ms: number, perSecond: boolean): string {
  const count = `${rows.toLocaleString('en')} rows`
  return perSecond && ms > 500
    ? `${count}, ${Math.round((rows / ms) * 1000).toLocaleString('en')} rows/s`
    : count
}

/** What came of an import, in lines for a terminal. */
export function describeResult(result: ImportResult, dataDir: string): string[] {
  const count = (n: number) => n.toLocaleString('en')
  const lines = [
    `${count(result.rowsRead)} rows read: ${count(result.inserted)} new, ${count(result.updated)} updated, ` +
      `${count(result.unchanged)} unchanged, ${count(result.rowsRejected)} rejected.`,
    ...describeRejects(result, dataDir),
  ]
  for (const [name, value] of Object.entries(result.summary)) {
    if (value === 0 || value === null) continue
    lines.push(`  ${words(name)}: ${typeof value === 'object' ? flat(value) : String(value)}`)
  }
  return lines
}

/** The reasons of rejected rows and where they are listed. */
export function describeRejects(
  { rejectedBy, reportFile }: Pick<ImportResult, 'rejectedBy' | 'reportFile'>,
  dataDir: string,
): string[] {
  if (!reportFile) return []
  const reasons = Object.entries(rejectedBy).map(([reason, rows]) => `  rejected, ${reason}: ${rows}`)
  return [...reasons, `  listed in ${dataDir}/${reportFile}`]
}

const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function flat(value: object): string {
  return Object.entries(value)
    .filter(([, inner]) => inner !== null)
    .map(([name, inner]) => `${words(name)} ${typeof inner === 'object' ? `(${flat(inner)})` : inner}`)
    .join(', ')
}
