// npm run move-database: carries everything from the embedded database into a PostgreSQL one.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { commandLineAsker } from '../server/audit/askers.ts'
import { HeadFile } from '../server/audit/head-file.ts'
import { readConfig } from '../server/config.ts'
import { CONTACT_KEY_FILE } from '../server/contacts/contact-keys.ts'
import { openDatabase } from '../server/database/connect.ts'
import { hasEmbeddedDatabase } from '../server/database/embedded-directory.ts'
import { moveDatabase } from '../server/database/move-database.ts'
import { explainEnd, StartError } from '../server/start-error.ts'
import { type Step, Steps } from '../server/steps.ts'

const HELP = `npm run move-database -- --to postgres://user:password@host:5432/name

Carries everything from the embedded database (in DATA_DIR) into an empty PostgreSQL one, checks row counts and
checksums of every table, and writes nothing unless all agree: an interrupted move can be repeated. The embedded
database stays as it is. Stop the server first.
`
const steps = new Steps(process.stdout)
try {
  const url = readTarget(process.argv.slice(2))
  if (url === null) process.stdout.write(HELP)
  else await move(url)
} catch (error) {
  steps.abandon()
  console.error(explainEnd(error))
  process.exitCode = 1
}

/** null: help is asked for */
function readTarget(words: readonly string[]): string | null {
  if (words.length === 1 && words[0] === '--help') return null
  const [option, url = ''] = words
  if (words.length === 2 && option === '--to' && /^postgres(ql)?:\/\//.test(url)) return url
  throw new StartError('Say where to: npm run move-database -- --to postgres://user:password@host:5432/name')
}

async function move(url: string): Promise<void> {
  const { dataDir, auditHeadsFile } = readConfig(process.env)
  if (!hasEmbeddedDatabase(dataDir)) {
    throw new StartError(`There is no embedded database in ${dataDir}: set DATA_DIR to where it is.`)
  }
  const opening = steps.sequence()
  const from = await openDatabase({ databaseUrl: null, dataDir }, { onStep: opening.next })
  try {
    const to = await opening.through(
      openDatabase(
        { databaseUrl: url, dataDir },
        { onStep: opening.next, applicationName: 'grid-management move' },
      ),
    )
    try {
      let step: Step | undefined
      const moved = await moveDatabase(from, to, commandLineAsker(), (name, rows) => {
        if (rows === 0) {
          step?.end()
          step = steps.begin(`Moving ${name}`)
        }
        step!.detail(`${rows.toLocaleString('en')} rows`)
      }).finally(() => step?.end())
      for (const { name, rows, checksum } of moved) {
        steps.line(`${name}: ${rows.toLocaleString('en')} rows, checksum ${checksum}, the same in both`)
      }
      await new HeadFile(to, auditHeadsFile).append()
      const keyFile = join(dataDir, CONTACT_KEY_FILE)
      if (existsSync(keyFile)) {
        steps.line(
          `Contacts of reporters are sealed with a key: start with CONTACT_KEY_FILE=${keyFile} set, too.`,
        )
      }
      steps.line(
        'Everything is there. Start with DATABASE_URL set to it; the embedded database was left as it is.',
      )
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}
