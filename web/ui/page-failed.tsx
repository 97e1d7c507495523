import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { NoticePage } from './notice-page.tsx'

/** What stands where a page should: a fault of ours stopped it. */
export function PageFailed({ error, again }: { error: Error; again(): void }) {
  const { t } = useTranslation()
  return (
    <NoticePage title={t('app.failed')} role="alert">
      <p>{t('app.failedRemedy')}</p>
      <pre>{error.message}</pre>
      <div className="actions">
        <Button type="primary" onClick={() => location.reload()}>
          {t('app.reload')}
        </Button>
        <Button onClick={again}>{t('app.again')}</Button>
      </div>
    </NoticePage>
  )
}
