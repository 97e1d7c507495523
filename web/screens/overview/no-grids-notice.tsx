import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DensityUnit } from '../../../domain/density/density.ts'

interface NoGridsNoticeProps {
  by: DensityUnit
  onByGrid(): void
}

/** Why nothing is coloured: no grid hangs below any area of this level. */
export function NoGridsNotice({ by, onByGrid }: NoGridsNoticeProps) {
  const { t } = useTranslation()
  const unit = t(`density.unit.${by}`)
  return (
    <div className="empty-span panel" role="status" data-notice="no-grids">
      <h2>{t('density.emptyTitle', { unit })}</h2>
      <p>{t('density.empty')}</p>
      <div className="actions">
        <Button type="primary" onClick={onByGrid}>
          {t('density.toGrids')}
        </Button>
      </div>
    </div>
  )
}
