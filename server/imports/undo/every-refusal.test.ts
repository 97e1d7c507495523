import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ImportKind } from '../../../domain/import-fields.ts'
import type { RefusalSentence } from '../../../domain/import-refusals.ts'
import { dissolveAreasFromGrids } from '../../areas/queries.ts'
import { systemAsker } from '../../audit/askers.ts'
import { emptyDatabaseAndAudit } from '../../database/empty-database.ts'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { checkCoverage } from '../../grids/queries.ts'
import type { ImportOptions } from '../import-options.ts'
import { linesOf, squareAt, TestImporter, TWO_GRIDS, TWO_GRIDS_AT } from '../test-import.ts'
import { purgeRows } from './queries.ts'
import { UNDO_DAYS, UndoBlocked, undoImport } from './undo-import.ts'

type Sentence = Extract<RefusalSentence, `undo-blocked.${string}`>

interface Blocked {
  /** of the import that cannot be taken back */
  id: number
  /** everything that is said */
  says: unknown[]
}

/** For a machine that does much else; alone each takes a second at most. */
const LONG = 60_000
const { west, south, size, community } = TWO_GRIDS_AT
const [A, B] = [`${community}001`, `${community}002`]

const building = (lng: number, name: string) =>
  linesOf([{ properties: { id: 'b1', name }, geometry: squareAt(lng, south + size / 3, size / 20) }])
const CASES = `number,category,reportedAt,closedAt,lng,lat
C1,井盖破损,2024-05-01 08:00:00,,${west + 0.002},${south + 0.004}
C2,井盖破损,2024-05-01 08:00:00,2024-05-03 08:00:00,${west + 0.002},${south + 0.004}
`
const VISITS = (place: string) => `indicator,place,period,value\nvisits,${place},2024-05,12\n`

/** One of a block of three by three. */
const inBlock = (number: number) => ({
  properties: { code: `${community}00${number}` },
  geometry: squareAt(west + ((number - 1) % 3) * size, south + Math.floor((number - 1) / 3) * size, size),
})
const AROUND = [1, 2, 3, 4, 6, 7, 8, 9].map(inBlock)
const MIDDLE = [inBlock(5)]

describeOnEachDatabase('an undo is refused, and changes nothing:', (db) => {
  let importer: TestImporter
  beforeAll(async () => {
    importer = await TestImporter.create(db, { dissolveAreas: dissolveAreasFromGrids, checkCoverage })
  })
  afterAll(() => importer?.drop())
  beforeEach(() => emptyDatabaseAndAudit(db()))

  const run = async (kind: ImportKind, ending: string, text: string, options: Partial<ImportOptions> = {}) =>
    (await importer.run(kind, await importer.put(ending, text), options)).id

  const EXAMPLES: Record<Sentence, (() => Promise<Blocked>) | readonly (() => Promise<Blocked>)[]> = {
    'undo-blocked.import': async () => {
      const id = await run('buildings', 'geojsonl', building(west + 0.002, '甲'))
      const later = await run('buildings', 'geojsonl', building(west + 0.004, '改'))
      const said = new RegExp(`^Import ${later} \\(file-\\d+.geojsonl\\) changed 1 of these rows later: undo`)
      return { id, says: [expect.stringMatching(said)] }
    },
    'undo-blocked.worked-on': async () => {
      const id = await run('incidents', 'csv', CASES)
      await db().query(
        `INSERT INTO transitions (incident_id, at, actor, from_status, to_status)
         SELECT id, now(), 'somebody', 'reported', 'filed' FROM incidents WHERE number = 'C1'`,
      )
      return {
        id,
        says: ['1 of these cases were worked on since (for example C1): what people did is not taken back.'],
      }
    },
    'undo-blocked.changed': async () => {
      const id = await run('categories', 'csv', 'code,name\n01,a\n02,b\n')
      await db().query(`UPDATE categories SET name = 'x' WHERE code = '01'`)
      await db().query(`DELETE FROM categories WHERE code = '02'`)
      return { id, says: ['2 rows of categories were changed or removed since (for example 01).'] }
    },
    'undo-blocked.in-use': [
      async () => {
        const id = await run('grids', 'geojsonl', TWO_GRIDS)
        await run('incidents', 'csv', CASES)
        await run('indicators', 'csv', VISITS(B))
        return {
          id,
          says: [
            '2 cases stand on grids that this import brought in (for example C1): take those out first.',
            `1 indicator values stand on grids that this import brought in (for example ${B}): take those out first.`,
          ],
        }
      },
      async () => {
        await run('grids', 'geojsonl', TWO_GRIDS)
        const id = await run('indicators', 'csv', VISITS(A))
        await db().query(
          `INSERT INTO indicator_values VALUES ('visits', $1, '2024-06-01', '2024-07-01', 3)`,
          [A],
        )
        return {
          id,
          says: [
            `1 indicator values stand on indicators that this import brought in (for example visits ${A}): take those out first.`,
          ],
        }
      },
    ],
    'undo-blocked.grids-newer': async () => {
      const id = await run('grids', 'geojsonl', TWO_GRIDS)
      await db().query(
        `INSERT INTO grids (code, valid_from, area_code, name, geom)
         SELECT $1, valid_from, area_code, 'drawn here', ST_Translate(geom, 0, 1) FROM grids WHERE code = $2`,
        [`${community}003`, A],
      )
      return {
        id,
        says: [
          `The coverage was changed since (for example grid ${community}003): only the latest change of the grids can be undone.`,
        ],
      }
    },
    'undo-blocked.coverage': async () => {
      await run('grids', 'geojsonl', linesOf(AROUND), { needsRepair: 'import' })
      const id = await run('grids', 'geojsonl', linesOf(MIDDLE))
      return {
        id,
        says: ['Without this import the coverage would have 1 gaps and 0 overlaps (now 0 and 0).'],
      }
    },
    'undo-blocked.no-record': async () => {
      const id = await run('categories', 'csv', 'code,name\n01,a\n')
      await db().query(`UPDATE imports SET finished_at = finished_at - interval '31 days'`)
      await purgeRows(db(), UNDO_DAYS)
      return {
        id,
        says: [
          'What this import replaced is no longer recorded (it is kept for 30 days): it cannot be undone.',
        ],
      }
    },
  }

  const examples = Object.entries(EXAMPLES).flatMap(([sentence, some]) =>
    [some].flat().map((example) => ({ sentence, example })),
  )
  it.each(examples)('$sentence (%#)', { timeout: LONG }, async ({ sentence, example }) => {
    const { id, says } = await example()
    const before = await importer.everything()
    const refused = await undoImport(importer.parts(), id, 'tester', systemAsker('test')).then(
      () => null,
      (error: unknown) => error,
    )
    if (!(refused instanceof UndoBlocked)) throw refused ?? new Error('The undo was not refused.')
    expect(new Set(refused.blockers.map((blocker) => blocker.sentence))).toEqual(new Set([sentence]))
    expect(refused.blockers.map(({ message }) => message)).toEqual(says)
    expect(await importer.everything()).toEqual(before)
    expect(await importer.one(`SELECT state FROM imports WHERE id = $1`, [id])).toEqual({ state: 'done' })
  })
})
