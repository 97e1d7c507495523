import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Writes `chunks` to a COPY as fast as it takes them. Whichever side fails, the other is told and it throws. */
export async function feedCopy(copy: Writable, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let failure: Error | undefined
  copy.on('error', (error) => {
    failure ??= error
  })
  try {
    for await (const chunk of chunks) {
      if (failure) throw failure
      if (!copy.write(chunk)) await Promise.race([once(copy, 'drain'), once(copy, 'close')])
    }
  } catch (error) {
    copy.destroy(error as Error)
    throw error
  }
  copy.end()
  await once(copy, 'finish')
}
