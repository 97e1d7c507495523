import { AimOutlined, CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlaceFeature } from '../../domain/place.ts'
import { Fact } from '../ui/fact.tsx'
import { useFormat } from '../ui/format.ts'
import { nameIn } from '../ui/language.ts'
import { PlaceMark } from './place-key.tsx'
import './places.css'

interface PlacePanelProps {
  /** null: there is none with this number; undefined: not yet known */
  place: PlaceFeature | null | undefined
  gridName(code: string): string
  onOpenGrid(code: string): void
  onShow(place: { lng: number; lat: number }): void
  onClose(): void
}

/** Everything known of one place. It takes the focus as it opens. */
export function PlacePanel({ place, gridName, onOpenGrid, onShow, onClose }: PlacePanelProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const heading = useRef<HTMLHeadingElement>(null)
  const id = place?.properties.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another panel
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id])
  return (
    <>
      <header className="details-head">
        <div>
          <p className="quiet">{t('places.panel')}</p>
          <h2 ref={heading} tabIndex={-1}>
            {place ? nameIn(language, place.properties) : '…'}
          </h2>
        </div>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('places.close')} onClick={onClose} />
      </header>
      {place ? (
        <>
          <PlaceFacts place={place} gridName={gridName} onOpenGrid={onOpenGrid} />
          <div className="details-actions actions">
            <Button size="small" icon={<AimOutlined />} onClick={() => onShow(positionOf(place))}>
              {t('cases.onMap')}
            </Button>
          </div>
        </>
      ) : (
        <p className="section quiet" role="status">
          {t(place === null ? 'places.gone' : 'loading.short')}
        </p>
      )}
    </>
  )
}

function positionOf({ geometry: { coordinates } }: PlaceFeature): { lng: number; lat: number } {
  return { lng: coordinates[0], lat: coordinates[1] }
}

function PlaceFacts({
  place: { properties },
  gridName,
  onOpenGrid,
}: Pick<PlacePanelProps, 'gridName' | 'onOpenGrid'> & { place: PlaceFeature }) {
  const { t } = useTranslation()
  const { type, address, phone, gridCode } = properties
  return (
    <dl className="details-facts">
      <Fact name={t('places.kind')}>
        <PlaceMark type={type} />
        {t(`places.type.${type}`)}
      </Fact>
      <Fact name={t('cases.address')}>{address ?? t('places.notStated')}</Fact>
      <Fact name={t('places.phone')}>
        {phone === null ? t('places.notStated') : <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>}
      </Fact>
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
