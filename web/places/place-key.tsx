import { useTranslation } from 'react-i18next'
import { PLACE_TYPES, type PlaceFeatures, type PlaceType } from '../../domain/place.ts'
import { useFormat } from '../ui/format.ts'
import { drawnFromZoom, PLACE_MARKS } from './place-marks.ts'
import './places.css'

/** The types of places that the map draws at this zoom, in the order of the domain. */
export const typesDrawn = (places: PlaceFeatures, zoom: number): PlaceType[] =>
  PLACE_TYPES.filter(
    (type) =>
      zoom >= drawnFromZoom(type) && places.features.some(({ properties }) => properties.type === type),
  )

/** What the characters in the marks of places mean. */
export function PlaceKey({ types }: { types: readonly PlaceType[] }) {
  const { t } = useTranslation()
  return (
    <div className="legend-part place-key">
      <h3>{t('layers.places')}</h3>
      <ul>
        {types.map((type) => (
          <li key={type} data-type={type}>
            <PlaceMark type={type} />
            <span>{t(`places.type.${type}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** As the map draws it. */
export function PlaceMark({ type }: { type: PlaceType }) {
  const { language } = useFormat()
  return (
    <i className="place-mark" aria-hidden="true">
      {PLACE_MARKS[language][type]}
    </i>
  )
}
