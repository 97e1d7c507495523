// node scripts/run.mjs NAME: installs the packages when they are missing or stale, then runs scripts/NAME.ts. This
// file runs before anything is installed and on any Node, so it imports nothing of ours and keeps to words that an
// old Node can read.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = [20, 19]

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)

function refuse(message) {
  console.error(message)
  process.exit(1)
}

function nodeIsTooOld() {
  const version = process.versions.node.split('.').map(Number)
  return version[0] < OLDEST_NODE[0] || (version[0] === OLDEST_NODE[0] && version[1] < OLDEST_NODE[1])
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}

/** npm keeps beside the packages a list of what it put there; a package for other systems may be missing. */
function packagesAreStale() {
  const wanted = packagesOf('package-lock.json')
  const installed = packagesOf(join('node_modules', '.package-lock.json'))
  return Object.keys(wanted).some((path) => {
    if (path === '' || wanted[path].link) return false
    if (!installed[path]) return !wanted[path].optional
    return installed[path].version !== wanted[path].version
  })
}

function install() {
  const startedAt = Date.now()
  console.log('Installing packages, once after each update; this takes a minute or two ...')
  const npm = process.env.npm_execpath
  // Not npm ci: it refuses a lock file that lacks the binaries of other systems, which not every registry serves
  const words = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
  const result = npm
    ? spawnSync(process.execPath, [npm].concat(words), { stdio: 'inherit' })
    : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', words, {
        stdio: 'inherit',
        shell: process.platform === 'win32',
      })
  if (result.status !== 0) {
    refuse('The packages could not be installed: see what npm says above, then try again.')
  }
  console.log(`Installing packages: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}

if (nodeIsTooOld()) {
  refuse(
    `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer (https://nodejs.org).`,
  )
}
if (packagesAreStale()) install()
// Typebox first, as it is: the loader of TypeScript would be asked about each of its hundreds of files
import('typebox')
  .then(() => import('tsx/esm/api'))
  .then(({ register }) => {
    register()
    const name = process.argv.splice(2, 1)[0]
    return import('./' + name + '.ts')
  })
