import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { NoticePage } from '../ui/notice-page.tsx'

const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 300_000
/** A fault this long after the one before is a new one. */
const FORGET_AFTER_MS = 600_000
const MEMORY = 'wall-fault'

/** A fault of ours took the whole picture: the page loads itself again, after a pause that grows. Nobody sees a stack. */
export function WallFailed({ error }: { error: Error }) {
  const { t } = useTranslation()
  useEffect(() => {
    const timer = setTimeout(() => location.reload(), nextPause(error.message))
    return () => clearTimeout(timer)
  }, [error])
  return (
    <NoticePage title={t('wall.failed')} role="alert" busy>
      <p>{t('wall.failedText')}</p>
    </NoticePage>
  )
}

function nextPause(message: string): number {
  try {
    const before = JSON.parse(sessionStorage.getItem(MEMORY) ?? 'null') as {
      at: number
      pause: number
    } | null
    const isNew = !before || Date.now() - before.at > FORGET_AFTER_MS
    const pause = isNew ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, before.pause * 2)
    sessionStorage.setItem(MEMORY, JSON.stringify({ at: Date.now(), pause, message }))
    return pause
  } catch {
    return LONGEST_PAUSE_MS
  }
}

/** What went wrong before this page was loaded; null: nothing. */
export function faultBefore(): string | null {
  try {
    const before = JSON.parse(sessionStorage.getItem(MEMORY) ?? 'null') as { message: string } | null
    return before?.message ?? null
  } catch {
    return null
  }
}
