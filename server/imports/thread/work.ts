import { parentPort } from 'node:worker_threads'
import type { ImportParts, ImportProgress } from '../import-context.ts'
import { importFiles } from '../import-files.ts'
import { inspectFiles } from '../inspect/inspect-files.ts'
import { describeFailure, errorOf } from './failure.ts'
import type { FromThread, SqlRequest, ThreadResult, ThreadTask, ToThread } from './messages.ts'
import { RemoteDatabase } from './remote-database.ts'

/** Progress is told at most this often. */
const PROGRESS_EVERY_MS = 200

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/**
 * The whole life of a thread that imports and looks at files: tasks come as messages, one after the other, and
 * so do their results. `questions`: those that other rooms answer.
 */
export function workInThread(questions: Pick<ImportParts, 'dissolveAreas' | 'checkCoverage'>): void {
  const port = parentPort!
  const waiting = new Map<number, Waiting>()
  let stop = new AbortController()
  let asked = 0
  const say = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
  const ask = (request: SqlRequest, transfer?: ArrayBuffer[]) =>
    new Promise<unknown>((resolve, reject) => {
      const number = ++asked
      waiting.set(number, { resolve, reject })
      say({ say: 'sql', number, request }, transfer)
    })
  async function work(task: ThreadTask): Promise<void> {
    stop = new AbortController()
    const onProgress = rarely((progress) => say({ say: 'progress', progress }))
    try {
      const result = await run(task, ask, { ...questions, onProgress, signal: stop.signal })
      say({ say: 'done', result })
    } catch (error) {
      say({ say: 'failed', failure: describeFailure(error) })
    }
  }
  port.on('message', (message: ToThread) => {
    if (message.say === 'task') void work(message.task)
    else if (message.say === 'cancel') stop.abort(new Error('The import was cancelled.'))
    else {
      const asker = waiting.get(message.number)
      waiting.delete(message.number)
      if (message.say === 'answer') asker?.resolve(message.answer)
      else asker?.reject(errorOf(message.failure))
    }
  })
}

type ThreadParts = Pick<ImportParts, 'dissolveAreas' | 'checkCoverage'> & {
  onProgress(progress: ImportProgress): void
  signal: AbortSignal
}

async function run(
  task: ThreadTask,
  ask: ConstructorParameters<typeof RemoteDatabase>[1],
  parts: ThreadParts,
): Promise<ThreadResult> {
  if (task.what === 'inspect') {
    const onRows = (rows: number) => {
      parts.signal.throwIfAborted()
      parts.onProgress({ step: 'read', rows })
    }
    return { what: 'inspect', inspection: await inspectFiles({ ...task, onRows, signal: parts.signal }) }
  }
  const { databaseKind, config, options, run: how } = task
  await importFiles({ ...parts, db: new RemoteDatabase(databaseKind, ask), config }, options, how)
  return { what: 'import' }
}

/** Of many calls one now and then, and the first of each step. */
function rarely(tell: (progress: ImportProgress) => void) {
  let step: string | undefined
  let toldAt = 0
  return (progress: ImportProgress) => {
    const now = performance.now()
    if (progress.step === step && now - toldAt < PROGRESS_EVERY_MS) return
    step = progress.step
    toldAt = now
    tell(progress)
  }
}
