import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandLineAsker } from '../server/audit/askers.ts'
import { HeadFile } from '../server/audit/head-file.ts'
import { recordAudit } from '../server/audit/record.ts'
import type { Database } from '../server/database/database.ts'
import { connectEmbedded } from '../server/database/embedded-directory.ts'
import { copyEmbeddedTemplate } from '../server/database/test-embedded.ts'
import { READ_TYPESCRIPT } from '../server/test-server-process.ts'

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

function verify(...words: string[]) {
  const command = [...READ_TYPESCRIPT, 'scripts/audit-verify.ts', ...words]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, AUDIT_HEADS_FILE: '' },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
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
      await db.query(`ALTER TABLE audit DISABLE TRIGGER USER`)
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

it(
  'ends with 2 where it cannot tell whether the end is there: without a head file, or with one that cannot be read',
  async () => {
    const file = join(dataDir, 'audit-heads.jsonl')
    const kept = await readFile(file)
    await rm(file)
    const without = verify()
    expect([without.status, without.stdout]).toEqual([2, expect.stringContaining('cannot be told')])
    expect(without.stdout).not.toContain('as it was written')
    const named = verify('--heads', file)
    expect([named.status, named.stderr]).toEqual([1, expect.stringContaining(`There is no ${file}`)])
    await inDatabase(async (db) => new HeadFile(db, file).append())
    await writeFile(file, Buffer.concat([Buffer.from('overwritten\n'), await readFile(file)]))
    const unreadable = verify()
    expect([unreadable.status, unreadable.stdout]).toEqual([
      2,
      expect.stringContaining('1 lines of it cannot be read'),
    ])
    await writeFile(file, kept)
  },
  LONG,
)
