import type { Language } from '../../domain/district.ts'
import type { PlaceType } from '../../domain/place.ts'

/** One character in the mark tells the type, so that no colour has to. */
export const PLACE_MARKS: Record<Language, Record<PlaceType, string>> = {
  'zh-CN': { station: '站', office: '办', shelter: '避', hydrant: '栓', other: '地' },
  en: { station: 'S', office: 'O', shelter: 'R', hydrant: 'H', other: '•' },
}

const PLACES_FROM_ZOOM = 13.5
/** Hydrants are many: they come later than what is named. */
const HYDRANTS_FROM_ZOOM = 16

/** From which zoom on a type is drawn. */
export const drawnFromZoom = (type: PlaceType): number =>
  type === 'hydrant' ? HYDRANTS_FROM_ZOOM : PLACES_FROM_ZOOM
