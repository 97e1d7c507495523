import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandLineAsker } from '../server/audit/askers.ts'
import { HeadFile } from '../server/audit/head-file.ts'
import { recordAudit } from '../server/audit/record.ts'
import type { Database } from '../server/database/database.ts'
import { connectEmbedded } from '../server/database/embedded-directory.ts'
import { copyEmbeddedTemplate } from '../server/database/test-database.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LONG = 240_000

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'grid-test-verify-'))
  await copyEmbeddedTemplate(dataDir)
}, LONG)
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function inDatabase(work: (db: Database) => Promise<unknown>): Promise<void> {
  const db = await connectEmbedded(dataDir)
  await work(db)
  await db.close()
}

function verify() {
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/audit-verify.ts'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, AUDIT_HEADS_FILE: '' },
    encoding: 'utf8',
  })
  return { status, stdout }
}

it(
  'npm run audit:verify ends with 1 once a tail is cut off, and says where',
  async () => {
    await inDatabase(async (db) => {
      for (const subject of ['one', 'two', 'three']) {
        await db.transaction((tx) =>
          recordAudit(tx, { ...commandLineAsker(), action: 'incident.report', subject, outcome: 'done' }),
        )
      }
      await new HeadFile(db, join(dataDir, 'audit-heads.jsonl')).append()
    })
    const whole = verify()
    expect([whole.status, whole.stdout]).toEqual([
      0,
      expect.stringContaining('The audit is as it was written.'),
    ])
    await inDatabase(async (db) => {
      await db.query(`DELETE FROM audit WHERE seq = 3`)
      await db.query(`UPDATE audit_heads SET seq = 2, hash = (SELECT hash FROM audit WHERE seq = 2)`)
    })
    const cut = verify()
    expect([cut.status, cut.stdout]).toEqual([
      1,
      expect.stringMatching(
        /It differs first on \d{4}-\d\d-\d\d, row 3:\n.+cut off: the head file names row 3/,
      ),
    ])
  },
  LONG,
)
