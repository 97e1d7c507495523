import { AimOutlined, CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Building } from '../../domain/building.ts'
import { ApiError } from '../api/request.ts'
import { Fact } from '../ui/fact.tsx'
import { useFormat } from '../ui/format.ts'
import { useBuilding } from './use-building.ts'

interface BuildingPanelProps {
  id: number
  gridName(code: string): string
  onOpenGrid(code: string): void
  onShow(): void
  onClose(): void
}

/** What is known of one building. It takes the focus as it opens. */
export function BuildingPanel({ id, gridName, onOpenGrid, onShow, onClose }: BuildingPanelProps) {
  const { t } = useTranslation()
  const { data: building, error } = useBuilding(id)
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another building is another panel
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id])
  const isGone = error instanceof ApiError && error.status === 404
  return (
    <>
      <header className="details-head">
        <div>
          <p className="quiet">{t('building.panel')}</p>
          <h2 ref={heading} tabIndex={-1}>
            {building ? (building.name ?? building.address ?? building.externalId) : '…'}
          </h2>
        </div>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('building.close')} onClick={onClose} />
      </header>
      {building ? (
        <>
          <BuildingFacts building={building} gridName={gridName} onOpenGrid={onOpenGrid} />
          <div className="details-actions actions">
            <Button size="small" icon={<AimOutlined />} onClick={onShow}>
              {t('cases.onMap')}
            </Button>
          </div>
        </>
      ) : (
        <p className="section quiet" role="status">
          {t(isGone ? 'building.gone' : error ? 'building.failed' : 'loading.short')}
        </p>
      )}
    </>
  )
}

function BuildingFacts({
  building,
  gridName,
  onOpenGrid,
}: Pick<BuildingPanelProps, 'gridName' | 'onOpenGrid'> & { building: Building }) {
  const { t } = useTranslation()
  const { count, measure } = useFormat()
  const { name, address, floors, heightM, households, residents, estateType, gridCode } = building
  const counted = (value: number | null) => (value === null ? t('grid.unknown') : count(value))
  const height = heightM === null ? '' : ` · ${t('places.metres', { metres: measure(heightM) })}`
  return (
    <dl className="details-facts">
      {name !== null && address !== null && <Fact name={t('cases.address')}>{address}</Fact>}
      <Fact name={t('building.floors')}>
        {counted(floors)}
        {height}
      </Fact>
      <Fact name={t('grid.households')}>{counted(households)}</Fact>
      <Fact name={t('grid.residents')}>{counted(residents)}</Fact>
      <Fact name={t('building.estate')}>{t(`building.estateType.${estateType}`)}</Fact>
      <Fact name={t('cases.grid')}>
        {gridCode === null ? (
          t('cases.outside')
        ) : (
          <button
            type="button"
            className="plain link"
            title={t('cases.openGrid')}
            onClick={() => onOpenGrid(gridCode)}
          >
            {gridName(gridCode)}
          </button>
        )}
      </Fact>
    </dl>
  )
}
