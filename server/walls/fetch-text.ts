/** Asks a configured address for a text. */
export interface Wanted {
  accept: string
  mostBytes: number
  withinMs: number
  signal?: AbortSignal
}

/**
 * @throws Error saying why in one line: no answer in time, another address, another status than 200, or too much
 */
export async function fetchText(
  url: string,
  { accept, mostBytes, withinMs, signal }: Wanted,
): Promise<string> {
  const timeout = AbortSignal.timeout(withinMs)
  const response = await fetch(url, {
    headers: { accept },
    // Who redirects could lead to what only this machine reaches
    redirect: 'error',
    signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
  }).catch((error: Error & { cause?: Error }) => {
    throw new Error(
      timeout.aborted ? `no answer within ${withinMs / 1000} s` : (error.cause?.message ?? error.message),
    )
  })
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel()
    throw new Error(`the answer has the status ${response.status}`)
  }
  const chunks: Uint8Array[] = []
  let length = 0
  // Leaving the loop early cancels the body
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > mostBytes) throw new Error(`the answer is larger than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}
