import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes what stands in `folder` under a name that `isMeant` and was not touched for `ms`. */
export async function removeOlder(
  folder: string,
  ms: number,
  isMeant: (name: string) => boolean,
): Promise<void> {
  for (const name of (await readdir(folder).catch(() => [])).filter(isMeant)) {
    const path = join(folder, name)
    const touchedAt = (await stat(path).catch(() => null))?.mtimeMs ?? Date.now()
    if (Date.now() - touchedAt > ms) await rm(path, { recursive: true, force: true })
  }
}
