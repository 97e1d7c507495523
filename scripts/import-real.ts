// npm run import:real [-- tokyo|boston|all]: two real cities from REAL_DATA_DIR, in one database.
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ImportRefused } from '../server/imports/import-refused.ts'
import { explainEnd, StartError } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'
import { CITIES, type City, importsOf } from './real-cities.ts'
import { chomeAgreement, percent, precinctAgreement, tokyoResidents } from './real-data-truths.ts'
import { describeResult, type Importer, openImporter } from './run-import.ts'

const steps = new Steps(process.stdout)
try {
  await importReal(process.argv.slice(2), process.env)
} catch (error) {
  steps.abandon()
  console.error(error instanceof ImportRefused ? `Refused: ${error.message}` : explainEnd(error))
  process.exitCode = 1
}

async function importReal(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const cities = wantedCities(args)
  const dir = env.REAL_DATA_DIR
  if (!dir || !existsSync(dir)) {
    throw new StartError('Set REAL_DATA_DIR to the folder with the data of Tokyo and Boston.')
  }
  const importer = await openImporter({ ...env, GRID_CODE_SCHEME: 'free' }, steps)
  const startedAt = performance.now()
  try {
    for (const city of cities) await importCity(importer, city, dir)
    for (const city of cities) await sayTruths(importer, city, dir)
  } finally {
    await importer.close()
  }
  steps.line(`All done in ${Math.round((performance.now() - startedAt) / 1000)} s.`)
  if (env.GRID_CODE_SCHEME !== 'free') {
    steps.line('These cities number their grids their own way: start the server with GRID_CODE_SCHEME=free.')
  }
}

function wantedCities(args: readonly string[]): readonly City[] {
  const [wanted = 'all'] = args
  if (wanted === 'all') return CITIES
  const city = CITIES.find((one) => one === wanted)
  if (city) return [city]
  throw new StartError(`There is no city ${wanted} here: use ${CITIES.join(', ')} or all.`)
}

async function importCity(importer: Importer, city: City, dir: string): Promise<void> {
  const { dataDir } = importer.parts.config
  for (const options of await importsOf(city, dir)) {
    const more = options.files.length > 1 ? ` and ${options.files.length - 1} more` : ''
    steps.line(`\n${city}, ${options.kind} from ${basename(options.files[0]!)}${more}`)
    for (const line of describeResult(await importer.run(options), dataDir)) steps.line(line)
  }
  const baseMaps = join(dataDir, 'basemaps')
  await mkdir(baseMaps, { recursive: true })
  for (const name of (await readdir(join(dir, city))).filter((file) => file.endsWith('.pmtiles'))) {
    await copyFile(join(dir, city, name), join(baseMaps, name))
    steps.line(`${city}, base map ${name} copied to ${baseMaps}`)
  }
}

/** What the makers of the data say of it, beside what came of it here. */
async function sayTruths({ parts: { db } }: Importer, city: City, dir: string): Promise<void> {
  const count = (n: number) => n.toLocaleString('en')
  if (city === 'tokyo') {
    const { grids, residents } = await tokyoResidents(db)
    steps.line(
      `\ntokyo: ${count(grids)} grids hold ${count(residents)} residents (659 and 1,297,238 by the census).`,
    )
    const chome = await chomeAgreement(db, dir)
    steps.line(
      `tokyo: ${percent(chome).toFixed(2)} % of ${count(chome.judged)} buildings lie in the chome they name (99.89 %).`,
    )
    return
  }
  const precincts = await precinctAgreement(db, dir)
  steps.line(
    `boston: ${percent(precincts).toFixed(1)} % of ${count(precincts.judged)} cases off the default point lie in the precinct they name (94.4 %).`,
  )
}
