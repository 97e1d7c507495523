import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { releaseOf } from '../domain/release.ts'

const PAGE = fileURLToPath(new URL('../dist/web/index.html', import.meta.url))

/** Names the pages that are served, as a page names itself: one of another name is out of date. */
export async function readRelease(): Promise<string> {
  const page = await readFile(PAGE, 'utf8').catch(() => '')
  const [, script = ''] = /<script\b[^>]*\bsrc="([^"]+)"/.exec(page) ?? []
  return releaseOf(script) ?? 'without pages'
}
