import type { Queryable } from '../../database/database.ts'
import { areaAround, areasNamed, type Concerned, findTouched } from './queries.ts'
import type { CapArea } from './read-cap.ts'

const KM_A_DEGREE = 111.195
const CIRCLE_POINTS = 48

/**
 * What of this district a message concerns: the smallest area that has all of it. Null: it is about elsewhere. A
 * message without shapes and codes is about nowhere in particular.
 */
export async function findConcerned(
  db: Queryable,
  area: CapArea,
  timeZone: string,
): Promise<Concerned | null> {
  const { polygons, circles, geocodes } = area
  const rings = [...polygons, ...circles.map(({ center, radiusKm }) => circleAround(center, radiusKm))].map(
    closed,
  )
  if (rings.length > 0) {
    const shapes = rings.map((ring) => ({ type: 'Polygon', coordinates: [ring] }))
    const { codes, lng, lat } = await findTouched(db, shapes, timeZone)
    if (codes.length === 0) return null
    const around = await areaAround(db, codes)
    return around && { ...around, lng: lng ?? around.lng, lat: lat ?? around.lat }
  }
  if (geocodes.length > 0) {
    const codes = await areasNamed(db, geocodes.map(withoutZeros))
    return codes.length === 0 ? null : areaAround(db, codes)
  }
  return { code: '', name: area.name, lng: null, lat: null }
}

type Position = readonly [lng: number, lat: number]

function circleAround([lng, lat]: Position, radiusKm: number): Position[] {
  // A point is a place too
  const height = Math.max(radiusKm, 0.001) / KM_A_DEGREE
  const width = height / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
  return Array.from({ length: CIRCLE_POINTS }, (_, n) => {
    const angle = (2 * Math.PI * n) / CIRCLE_POINTS
    return [within(lng + width * Math.cos(angle), 180), within(lat + height * Math.sin(angle), 90)] as const
  })
}

const within = (value: number, most: number) => Math.min(most, Math.max(-most, value))

function closed(ring: readonly Position[]): readonly Position[] {
  const [first, last] = [ring[0]!, ring.at(-1)!]
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first]
}

/** National feeds fill the codes of districts and streets up with zeros: 110105000000 is 110105. */
function withoutZeros(code: string): string {
  if (!/^\d{6}(\d{3}){0,2}$/.test(code)) return code
  let rest = code
  while (rest.length > 6 && rest.endsWith('000')) rest = rest.slice(0, -3)
  while (rest.length <= 6 && rest.length > 2 && rest.endsWith('00')) rest = rest.slice(0, -2)
  return rest
}
