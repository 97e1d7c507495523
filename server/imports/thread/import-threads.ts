import { Worker } from 'node:worker_threads'
import type { Database } from '../../database/database.ts'
import type { ImportProgress } from '../import-context.ts'
import { DatabaseHost } from './database-host.ts'
import { describeFailure, errorOf } from './failure.ts'
import type { FromThread, ThreadResult, ThreadTask, ToThread } from './messages.ts'

/** A thread that has nothing to do is kept this long: people look at a file, check it, and import it. */
const IDLE_MS = 60_000
const MOST_IDLE = 1

export interface ThreadRun {
  task: ThreadTask
  onProgress(progress: ImportProgress): void
  /** aborted: what the task has begun is taken back */
  signal: AbortSignal
}

interface Thread {
  worker: Worker
  host: DatabaseHost
  say(message: ToThread): void
}

/** Threads in which files are read, checked and cleaned, however large: nobody else waits for them. */
export class ImportThreads {
  private readonly idle = new Map<Thread, NodeJS.Timeout>()

  /** @param start the module that runs in a thread */
  constructor(
    private readonly start: URL,
    private readonly db: Database,
  ) {}

  /** @throws ImportRefused as the task does; Error when it failed, also for want of memory */
  async run(run: ThreadRun): Promise<ThreadResult> {
    const thread = this.take()
    let isSound = false
    try {
      const result = await work(thread, run)
      // One that was told to stop begins no more transactions
      isSound = !run.signal.aborted
      return result
    } finally {
      // After a failure something may still be on its way in it
      if (isSound) this.giveBack(thread)
      else await end(thread)
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.idle.keys()].map((thread) => this.drop(thread)))
  }

  private take(): Thread {
    for (const [thread, timer] of this.idle) {
      clearTimeout(timer)
      this.idle.delete(thread)
      return thread
    }
    const worker = new Worker(this.start, { execArgv: [] })
    // Whoever waits for its work hears of it too
    worker.on('error', () => undefined)
    return { worker, host: new DatabaseHost(this.db), say: (message) => worker.postMessage(message) }
  }

  private giveBack(thread: Thread): void {
    if (this.idle.size >= MOST_IDLE) {
      void end(thread)
      return
    }
    const timer = setTimeout(() => void this.drop(thread), IDLE_MS)
    timer.unref()
    thread.worker.unref()
    this.idle.set(thread, timer)
  }

  private async drop(thread: Thread): Promise<void> {
    clearTimeout(this.idle.get(thread))
    this.idle.delete(thread)
    await end(thread)
  }
}

async function end({ worker, host }: Thread): Promise<void> {
  await worker.terminate()
  await host.close()
}

function work({ worker, host, say }: Thread, { task, onProgress, signal }: ThreadRun): Promise<ThreadResult> {
  const cancel = () => {
    say({ say: 'cancel' })
    host.cancelTransactions().catch(() => undefined)
  }
  return new Promise<ThreadResult>((resolve, reject) => {
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', cancel)
      worker.off('message', hear).off('error', fail).off('exit', endEarly)
      settle()
    }
    const fail = (error: Error) => finish(() => reject(error))
    const endEarly = () => fail(new Error('The thread of the import ended before its work did.'))
    const hear = (message: FromThread) => {
      if (message.say === 'progress') onProgress(message.progress)
      else if (message.say === 'done') finish(() => resolve(message.result))
      else if (message.say === 'failed') fail(errorOf(message.failure))
      else {
        const { number, request } = message
        host.serve(request).then(
          (answer) => say({ say: 'answer', number, answer }),
          (error) => say({ say: 'refusal', number, failure: describeFailure(error) }),
        )
      }
    }
    worker.on('message', hear).on('error', fail).on('exit', endEarly)
    worker.ref()
    say({ say: 'task', task })
    if (signal.aborted) cancel()
    signal.addEventListener('abort', cancel, { once: true })
  })
}
