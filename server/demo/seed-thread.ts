import { Worker } from 'node:worker_threads'
import type { SeedChunk, SeedRequest } from './seed-rows.ts'

const START = new URL('./seed-worker-start.mjs', import.meta.url)
/** Chunks made ahead while the database is busy with earlier ones. */
const AHEAD = 4

/** The rows of the demo district, made in a thread of their own. */
export async function* rowsFromThread(request: SeedRequest): AsyncGenerator<SeedChunk> {
  const worker = new Worker(START, { execArgv: [], workerData: request })
  const made: (SeedChunk | null)[] = []
  let failed: Error | undefined
  let wake = () => {}
  worker.on('message', (chunk: SeedChunk | null) => {
    made.push(chunk)
    wake()
  })
  worker.on('error', (error) => {
    failed = error
    wake()
  })
  try {
    for (let ahead = 0; ahead < AHEAD; ahead++) worker.postMessage('next')
    for (;;) {
      while (made.length === 0 && !failed) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      if (failed) throw failed
      const chunk = made.shift()
      if (!chunk) return
      yield chunk
      worker.postMessage('next')
    }
  } finally {
    await worker.terminate()
  }
}
