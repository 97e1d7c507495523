import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * With these words Node runs our files. As scripts/run.mjs: typebox before the loader, which would be asked about each of
 * its hundreds of files.
 */
export const READ_TYPESCRIPT = ['--import', 'typebox', '--import', 'tsx']

/** For tests: a server in a process of its own. */
export interface ServerProcess {
  child: ChildProcess
  output: () => string
  errors: () => string
  /** the exit status; null when a signal ended it */
  ended: Promise<number | null>
}

/** On any free port. `before`: a program that runs the server, with its words. */
export function spawnServer(env: Record<string, string>, before: readonly string[] = []): ServerProcess {
  const [program, ...words] = [...before, process.execPath, ...READ_TYPESCRIPT, 'server/main.ts']
  const child = spawn(program!, words, {
    cwd: ROOT,
    env: { ...process.env, DEMO: '0', PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const ended = once(child, 'close').then(([status]) => status as number | null)
  return { child, output: () => output, errors: () => errors, ended }
}

/** The address it prints once it listens; null: not yet. */
export const addressNow = ({ output }: ServerProcess): string | null =>
  /Ready at (\S+)/.exec(output())?.[1] ?? null

export async function addressOf(server: ServerProcess): Promise<string> {
  for (;;) {
    const address = addressNow(server)
    if (address) return address
    if (server.child.exitCode !== null) throw new Error(`The server ended: ${server.errors()}`)
    await sleep(20)
  }
}
