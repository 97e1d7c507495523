import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../api/request.ts'
import { useErrorText } from '../../api/use-error-text.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import type { PageGround } from './page-setup.tsx'

interface NoDistrictProps {
  ground: PageGround
  /** it stands inside of a page that is a `main` already */
  within?: boolean
}

/** Stands where a page will, until the server has said what the district is: connecting, refused, or gone. */
export function NoDistrict({ ground: { error, askAgain }, within = false }: NoDistrictProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  if (error instanceof ApiError) {
    return (
      <NoticePage title={t('error.server')} role="alert" within={within}>
        <p>{textOf(error)}</p>
        <Button type="primary" onClick={askAgain}>
          {t('app.again')}
        </Button>
      </NoticePage>
    )
  }
  if (error) {
    return (
      <NoticePage title={t('connection.lost')} role="alert" busy within={within}>
        <p>{t('connection.remedy')}</p>
      </NoticePage>
    )
  }
  return <NoticePage title={t('loading.district')} busy within={within} />
}
