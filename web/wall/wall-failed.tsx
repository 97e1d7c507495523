import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { NoticePage } from '../ui/notice-page.tsx'
import { keepFault } from './last-fault.ts'
import { untilPageAnswers } from './open-page.ts'

/** A fault of ours took the whole picture: the page loads itself again, after a pause that grows. Nobody sees a stack. */
export function WallFailed({ error }: { error: Error }) {
  const { t } = useTranslation()
  useEffect(() => {
    const ending = new AbortController()
    const timer = setTimeout(async () => {
      if (await untilPageAnswers(location.href, ending.signal)) location.reload()
    }, keepFault(error.message))
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [error])
  return (
    <NoticePage title={t('wall.failed')} role="alert" busy>
      <p>{t('wall.failedText')}</p>
    </NoticePage>
  )
}
