import { releaseOf } from '../../domain/release.ts'

/** The release that this page came with, as the server names it; null: it was not built, while it is worked on. */
export function pageRelease(): string | null {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]')
  return script && releaseOf(script.src)
}
