// npm run audit:verify: says whether the audit is what was written.
import { existsSync } from 'node:fs'
import { verifyAudit } from '../server/audit/verify.ts'
import { readConfig } from '../server/config.ts'
import { openDatabase } from '../server/database/connect.ts'
import { explainEnd, StartError } from '../server/start-error.ts'
import { Steps } from '../server/steps.ts'

const HELP = `npm run audit:verify [-- --heads FILE]

Computes the chain of the audit again and compares it with its heads and with the head file (AUDIT_HEADS_FILE, or the
copy that --heads names). Ends with 1 where a row was edited, deleted, added or moved, or the end was cut off, and with
2 where it cannot tell: there is no head file to compare with, or lines of it cannot be read.
`
const steps = new Steps(process.stdout)
try {
  const words = process.argv.slice(2)
  if (words.length === 1 && words[0] === '--help') process.stdout.write(HELP)
  else await verify(headsFrom(words))
} catch (error) {
  steps.abandon()
  console.error(explainEnd(error))
  process.exitCode = 1
}

/** null: the one of the settings */
function headsFrom(words: readonly string[]): string | null {
  if (words.length === 0) return null
  if (words.length === 2 && words[0] === '--heads' && words[1]) return words[1]
  throw new StartError(`${words.join(' ')} is not understood: use --heads with a file, or nothing.`)
}

async function verify(heads: string | null): Promise<void> {
  const config = readConfig(process.env)
  const file = heads ?? config.auditHeadsFile
  if (heads !== null && !existsSync(heads)) {
    throw new StartError(`There is no ${heads}: name the copy of the head file with --heads.`)
  }
  const opening = steps.sequence()
  const db = await opening.through(
    openDatabase(config, {
      onStep: opening.next,
      applicationName: 'grid-management audit',
    }),
  )
  try {
    const verdict = await verifyAudit(db, file)
    const count = (n: number) => n.toLocaleString('en')
    steps.line(
      `${count(verdict.rows)} rows of ${count(verdict.days)} days were read; ${count(verdict.purgedDays)} of the days are purged by age.`,
    )
    if (verdict.shippedHeads === null) {
      steps.line(`There is no ${file} to compare with: a tail that was cut off would not be found.`)
    } else steps.line(`They were compared with ${count(verdict.shippedHeads)} heads of ${file}.`)
    if (verdict.unreadableLines > 0) {
      steps.line(
        `${count(verdict.unreadableLines)} lines of it cannot be read: see whether somebody changed it.`,
      )
    }
    if (verdict.tampering.length === 0) {
      const isSure = (verdict.shippedHeads !== null || verdict.rows === 0) && verdict.unreadableLines === 0
      if (isSure) return steps.line('The audit is as it was written.')
      steps.line('The rows that are there agree with each other; whether all are there cannot be told.')
      process.exitCode = 2
      return
    }
    const [first] = verdict.tampering
    steps.line(
      `The audit is NOT as it was written. It differs first on ${first!.day}${first!.seq === null ? '' : `, row ${first!.seq}`}:`,
    )
    for (const { day, what } of verdict.tampering) steps.line(`  ${day}: ${what}`)
    process.exitCode = 1
  } finally {
    await db.close()
  }
}
