import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { nameIn } from '../ui/language.ts'
import { Section } from '../ui/section.tsx'
import './places.css'
import { useNearestPlaces } from './use-places.ts'

interface NearestPlacesProps {
  /** null: not yet known */
  spot: { lng: number; lat: number } | null
  onShow(place: { lng: number; lat: number }): void
}

/** The nearest place of each type to a case: who or what could help there. */
export function NearestPlaces({ spot, onShow }: NearestPlacesProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data, error } = useNearestPlaces(spot)
  if (error) {
    return (
      <Section title={t('places.title')}>
        <p className="quiet">{t('places.failed')}</p>
      </Section>
    )
  }
  // A deployment that has no places says nothing of them
  if (!data || data.length === 0) return null
  return (
    <Section title={t('places.title')}>
      <ul className="nearest-places">
        {data.map(({ place: { properties, geometry }, distanceM }) => (
          <li key={properties.id}>
            <button
              type="button"
              className="plain"
              onClick={() => onShow({ lng: geometry.coordinates[0], lat: geometry.coordinates[1] })}
            >
              <span className="quiet">{t(`places.type.${properties.type}`)}</span>
              <span>{nameIn(format.language, properties)}</span>
              <span>{t('places.metres', { metres: format.count(distanceM) })}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
