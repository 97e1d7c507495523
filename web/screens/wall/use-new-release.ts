import { useEffect, useRef } from 'react'
import { pageAnswers } from '../../wall/open-page.ts'
import { pageRelease } from '../../wall/page-release.ts'

const MEMORY = 'loaded-for-release'

/**
 * Loads the page anew when another scene begins, once the server runs another release than the page. While no page
 * answers, a later scene's begin is waited for.
 */
export function useNewRelease(release: string | null, sceneBeganAt: number): void {
  const own = useRef(pageRelease() ?? release)
  own.current ??= release
  const newer = useRef<string | null>(null)
  newer.current = release === own.current ? null : release
  const begun = useRef(sceneBeganAt)
  useEffect(() => {
    if (begun.current !== sceneBeganAt && newer.current !== null) void loadFor(newer.current)
    begun.current = sceneBeganAt
  }, [sceneBeganAt])
}

/** Once for a release: a server whose pages are not those it names would be asked at every scene. */
async function loadFor(release: string): Promise<void> {
  if (sessionStorage.getItem(MEMORY) === release || !(await pageAnswers(location.href))) return
  sessionStorage.setItem(MEMORY, release)
  location.reload()
}
