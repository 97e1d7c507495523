import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const PAGE = fileURLToPath(new URL('../dist/web/index.html', import.meta.url))

/** Names what is served: another page, another name. A page that came with another one is out of date. */
export async function readRelease(): Promise<string> {
  const page = await readFile(PAGE).catch(() => null)
  return page ? createHash('sha256').update(page).digest('base64url').slice(0, 16) : 'without pages'
}
