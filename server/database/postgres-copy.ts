import { once } from 'node:events'
import type { CopyStreamQuery } from 'pg-copy-streams'

/**
 * Writes `chunks` to a running COPY as fast as the server takes them. Whichever side fails, the other is told
 * and it throws; the connection can then roll back.
 */
export async function feedCopy(copy: CopyStreamQuery, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let refused: Error | undefined
  copy.on('error', (error) => {
    refused ??= error
  })
  try {
    for await (const chunk of chunks) {
      if (!refused && !copy.write(chunk)) await once(copy, 'drain')
      if (refused) throw refused
    }
  } catch (error) {
    // Telling a COPY to fail that the server has refused already would wait for an answer for ever
    if (refused) throw refused
    copy.destroy(error as Error)
    await once(copy, 'close').catch(() => undefined)
    throw error
  }
  if (refused) throw refused
  copy.end()
  await once(copy, 'finish')
}
