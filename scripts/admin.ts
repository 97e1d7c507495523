// npm run admin: a way in where the administrator's password is lost.
import { FIRST_ADMINISTRATOR } from '../server/access/first-users.ts'
import { rescueAdministrator } from '../server/access/rescue.ts'
import { commandLineAsker } from '../server/audit/askers.ts'
import { HeadFile } from '../server/audit/head-file.ts'
import { readConfig } from '../server/config.ts'
import { openDatabase } from '../server/database/connect.ts'
import { explainEnd, StartError } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'

const HELP = `npm run admin [-- --name NAME]

Makes the administrator NAME (${FIRST_ADMINISTRATOR}), or gives the one of this name a new password for one use, ends
all of his sessions and lets him in again where he was shut out. The password is shown this once; that it was made is
written into the audit. The embedded database must not be open elsewhere: stop the server first.
`
const steps = new Steps(process.stdout)
try {
  const words = process.argv.slice(2)
  if (words.length === 1 && words[0] === '--help') process.stdout.write(HELP)
  else await rescue(nameFrom(words))
} catch (error) {
  steps.abandon()
  console.error(explainEnd(error))
  process.exitCode = 1
}

function nameFrom(words: readonly string[]): string {
  if (words.length === 0) return FIRST_ADMINISTRATOR
  const [option, name] = words
  if (words.length === 2 && option === '--name' && name && /^[^\s\p{C}]{1,100}$/u.test(name)) return name
  throw new StartError(
    `${words.join(' ')} is not understood: use --name with a name without blanks, or nothing.`,
  )
}

async function rescue(name: string): Promise<void> {
  const config = readConfig(process.env)
  const opening = steps.sequence()
  const db = await opening.through(
    openDatabase(config, { onStep: opening.next, applicationName: 'grid-management admin' }),
  )
  try {
    const password = await rescueAdministrator(db, commandLineAsker(), name)
    await new HeadFile(db, config.auditHeadsFile).append()
    steps.line(`Sign in as ${name} with the password ${password} (shown this once; choose your own then).`)
  } finally {
    await db.close()
  }
}
