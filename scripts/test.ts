// What `npm test` does once the packages are there: every check and every test that this machine can run, and
// at the end what was left out and how to enable it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Steps } from '../server/steps.ts'
import { buildWebWhenStale } from './build-web.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

const leftOut: string[] = []
const failed: string[] = []
/** passed, after they had failed once */
const secondTries: string[] = []

/** Of the report that vitest writes: only what is read of it. */
interface Report {
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

function run(what: string, command: string, words: string[]): void {
  console.log(`\n== ${what}`)
  const { status } = spawnSync(command, words, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) failed.push(what)
}

/** What failed is named once more at the end: thousands of lines lie between. */
function vitest(project: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'grid-test-report-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  run(`tests: ${project}`, 'npx', ['vitest', 'run', '--project', project, ...reporters])
  if (existsSync(file)) note(JSON.parse(readFileSync(file, 'utf8')) as Report)
  rmSync(folder, { recursive: true, force: true })
}

function note({ testResults }: Report): void {
  for (const { name, status, message, assertionResults } of testResults) {
    const path = relative(ROOT, name)
    for (const test of assertionResults) {
      const told = `${path}: ${test.fullName}\n${test.failureMessages.join('\n')}`
      if (test.status === 'failed') failed.push(told)
      else if (test.failureMessages.length > 0) secondTries.push(told)
    }
    if (status !== 'failed' || assertionResults.some((test) => test.status === 'failed')) continue
    // The report does not say why a hook within a describe failed
    failed.push(`${path}: ${message || 'a hook failed, see its output above'}`)
  }
}

const isThere = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

run('check', 'npm', ['run', '--silent', 'check'])
vitest('unit')
if (existsSync(CHROMIUM)) {
  await buildWebWhenStale(new Steps(process.stdout))
  vitest('browser')
} else {
  leftOut.push(`browser tests: install Chromium and set CHROMIUM_PATH (now ${CHROMIUM})`)
}
if (!process.env.TEST_DATABASE_URL) {
  leftOut.push(
    'tests on PostgreSQL: set TEST_DATABASE_URL to a server (with PostGIS) whose user may create databases',
  )
}
if (!process.env.REAL_DATA_DIR) {
  leftOut.push('tests on real data: set REAL_DATA_DIR to the folder that data/README.md describes')
}
if (!existsSync('/usr/sbin/nginx'))
  leftOut.push('the sample configuration of nginx: install nginx (nginx-light)')
if (!isThere('ogrinfo')) leftOut.push("tiles read by GDAL: install GDAL's command line tools (gdal-bin)")

console.log('')
for (const one of leftOut) console.log(`Left out: ${one}.`)
for (const one of secondTries) console.log(`Passed at its second try: ${one}`)
for (const one of failed) console.log(`FAILED: ${one}`)
if (failed.length === 0) console.log('All that was run has passed.')
process.exit(failed.length === 0 ? 0 : 1)
