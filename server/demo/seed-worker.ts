// Makes the rows of the demo district beside the thread that writes them and answers requests meanwhile.
import { parentPort, workerData } from 'node:worker_threads'
import { type SeedRequest, seedRows } from './seed-rows.ts'

const port = parentPort!
const rows = seedRows(workerData as SeedRequest)
port.on('message', async () => {
  const { value } = await rows.next()
  if (value) port.postMessage(value, [value.rows.buffer as ArrayBuffer])
  else port.postMessage(null)
})
