// npm run seed: makes the demo district in an empty database.
import { dissolveAreasFromGrids } from '../server/areas/queries.ts'
import { commandLineAsker } from '../server/audit/askers.ts'
import { HeadFile } from '../server/audit/head-file.ts'
import { readConfig } from '../server/config.ts'
import { openDatabase } from '../server/database/connect.ts'
import { seedShown } from '../server/demo/seed-shown.ts'
import { explainEnd, StartError } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'

const HELP = `npm run seed [-- --scale 0.1|1|10]

Makes the demo district in an empty database: the one of DATABASE_URL, else the embedded one in DATA_DIR.
--scale 1 is the shipped size: 810 grids, about 45,000 buildings and 200,000 cases.
`
const steps = new Steps(process.stdout)
try {
  const scale = scaleOf(process.argv.slice(2))
  if (scale === null) process.stdout.write(HELP)
  else await seed(scale)
} catch (error) {
  steps.abandon()
  console.error(explainEnd(error))
  process.exitCode = 1
}

/** null: help is asked for */
function scaleOf(words: readonly string[]): number | null {
  if (words.length === 0) return 1
  if (words.length === 1 && words[0] === '--help') return null
  const scale = Number(words[1])
  if (words.length === 2 && words[0] === '--scale' && [0.1, 1, 10].includes(scale)) return scale
  throw new StartError(`${words.join(' ')} is not understood: use --scale with 0.1, 1 or 10, or nothing.`)
}

async function seed(scale: number): Promise<void> {
  const config = readConfig(process.env)
  const opening = steps.sequence()
  const db = await opening.through(
    openDatabase(config, {
      onStep: opening.next,
      applicationName: 'grid-management seed',
    }),
  )
  try {
    const { timeZone } = config
    if (
      await seedShown(db, steps, {
        scale,
        timeZone,
        dissolveAreas: dissolveAreasFromGrids,
        asker: commandLineAsker(),
      })
    ) {
      await new HeadFile(db, config.auditHeadsFile).append()
      steps.line('The demo district is there: npm start shows it.')
    } else {
      throw new StartError(
        'The database is not empty, nothing was written: take an empty one, or empty this one by npm run reset.',
      )
    }
  } finally {
    await db.close()
  }
}
