const AGAIN_MS = 5_000
const PATIENCE_MS = 20_000

/** Whether a page stands there now: what is opened while a proxy answers for the server does not come back by itself. */
export async function pageAnswers(address: string): Promise<boolean> {
  try {
    const answer = await fetch(address, {
      // Without it the server says that there is nothing: it gives its pages to who browses
      headers: { accept: 'text/html' },
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return answer.status === 200
  } catch {
    return false
  }
}

/** Waits until a page stands at `address`, however long that takes; false: `signal` ended it. */
export async function untilPageAnswers(address: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await pageAnswers(address)) return !signal.aborted
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
  return false
}

/** Goes over to another page of ours once it stands; what is answered ends that. */
export function openPage(address: string): () => void {
  const ending = new AbortController()
  void untilPageAnswers(address, ending.signal).then((stands) => {
    if (stands) location.replace(address)
  })
  return () => ending.abort()
}
