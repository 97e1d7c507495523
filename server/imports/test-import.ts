import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GridCodeScheme } from '../../domain/grid-code.ts'
import { DEFAULT_SETTINGS } from '../../domain/import-options.ts'
import { listDataTables, quoted } from '../database/all-tables.ts'
import type { Database } from '../database/database.ts'
import type { ImportParts } from './import-context.ts'
import { ImportRefusedAfterReading, type ImportResult, importFiles } from './import-files.ts'
import type { ImportOptions } from './import-options.ts'

type Questions = Pick<ImportParts, 'dissolveAreas' | 'checkCoverage' | 'onProgress'>

/** For tests: imports of texts as files, and what their reports say. */
export class TestImporter {
  readonly dataDir: string
  private files = 0

  private constructor(
    dataDir: string,
    private readonly db: () => Database,
    private readonly questions: Questions,
  ) {
    this.dataDir = dataDir
  }

  static async create(db: () => Database, questions: Questions): Promise<TestImporter> {
    return new TestImporter(await mkdtemp(join(tmpdir(), 'import-test-')), db, questions)
  }

  drop(): Promise<void> {
    return rm(this.dataDir, { recursive: true, force: true })
  }

  async put(ending: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.dataDir, `file-${++this.files}.${ending}`)
    await writeFile(path, content)
    return path
  }

  run(
    kind: ImportOptions['kind'],
    files: string | string[],
    options: Partial<ImportOptions> = {},
    gridCodeScheme?: GridCodeScheme,
  ): Promise<ImportResult> {
    const order = { ...DEFAULT_SETTINGS, kind, files: [files].flat(), ...options }
    return importFiles(this.parts(gridCodeScheme), order)
  }

  parts(gridCodeScheme: GridCodeScheme = 'cn15'): ImportParts {
    const { dataDir } = this
    const config = { dataDir, timeZone: 'Asia/Shanghai', language: 'en', gridCodeScheme } as const
    return { db: this.db(), config, ...this.questions }
  }

  /** What an import was refused by; fails when it was not. */
  async refusal(
    ...args: Parameters<TestImporter['run']>
  ): Promise<{ code: string; message: string; report: string[] }> {
    const error = await this.run(...args).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof ImportRefusedAfterReading)) throw error ?? new Error('The import was not refused.')
    return { code: error.code, message: error.message, report: await this.report(error.result) }
  }

  /** `row field reason` of every rejected row. */
  async report({ reportFile }: Pick<ImportResult, 'reportFile'>): Promise<string[]> {
    if (reportFile === null) return []
    const [, ...lines] = (await readFile(join(this.dataDir, reportFile), 'utf8')).trim().split('\n')
    return lines.map((line) => {
      const [, row, , field, reason] = line.split(',')
      return [row, field, reason].filter(Boolean).join(' ')
    })
  }

  /** Every stored value of every row that people put in, as text; the records of what was done left out. */
  async everything(): Promise<Record<string, string[]>> {
    const all: Record<string, string[]> = {}
    for (const { name } of await listDataTables(this.db())) {
      if (['imports', 'import_rows', 'audit', 'audit_heads'].includes(name)) continue
      const { rows } = await this.db().query<{ row: string }>(
        `SELECT t::text AS row FROM ${quoted(name)} t ORDER BY 1`,
      )
      all[name] = rows.map(({ row }) => row)
    }
    return all
  }

  async one<Row>(sql: string, values: (string | number)[] = []): Promise<Row> {
    const { rows } = await this.db().query<Row>(sql, values)
    return rows[0]!
  }

  async count(table: string): Promise<number> {
    return (await this.one<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)).n
  }
}

/** A square of `size` degrees as GeoJSON geometry, its south-western corner at `lng`, `lat`. */
export function squareAt(lng: number, lat: number, size: number) {
  const [east, north] = [lng + size, lat + size]
  return {
    type: 'Polygon',
    coordinates: [
      [
        [lng, lat],
        [east, lat],
        [east, north],
        [lng, north],
        [lng, lat],
      ],
    ],
  }
}

/** Features as a line each. */
export function linesOf(features: readonly { properties: object; geometry: unknown }[]): string {
  return features.map((feature) => JSON.stringify({ type: 'Feature', ...feature })).join('\n')
}

/** Where `TWO_GRIDS` lie: two squares of `size` degrees side by side, their south-western corner here. */
export const TWO_GRIDS_AT = { west: 102.5, south: 25, size: 0.01, community: '530103001001' }

/** 530103001001001 in the west and ...002 in the east, as lines of GeoJSON. */
export const TWO_GRIDS = linesOf(
  [0, 1].map((i) => ({
    properties: { code: `${TWO_GRIDS_AT.community}00${i + 1}`, name: `第${i + 1}网格` },
    geometry: squareAt(TWO_GRIDS_AT.west + i * TWO_GRIDS_AT.size, TWO_GRIDS_AT.south, TWO_GRIDS_AT.size),
  })),
)
