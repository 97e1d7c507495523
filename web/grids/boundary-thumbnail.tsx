import type { MultiPolygon } from '../../domain/geometry.ts'

const SIZE = 44
const MARGIN = 3

/** The outline of a shape, small, north up. */
export function BoundaryThumbnail({ shape }: { shape: MultiPolygon }) {
  return (
    <svg className="thumbnail" width={SIZE} height={SIZE} viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
      <path d={outline(shape)} fillRule="evenodd" />
    </svg>
  )
}

function outline(shape: MultiPolygon): string {
  const rings = shape.flat()
  const positions = rings.flat()
  const lats = positions.map(([, lat]) => lat)
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  // A degree of longitude is shorter than one of latitude
  const narrowing = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const xs = positions.map(([lng]) => lng * narrowing)
  const [west, east] = [Math.min(...xs), Math.max(...xs)]
  const room = SIZE - 2 * MARGIN
  const scale = room / Math.max(east - west, north - south, 1e-9)
  const x = (lng: number) => MARGIN + (room - (east - west) * scale) / 2 + (lng * narrowing - west) * scale
  const y = (lat: number) => MARGIN + (room - (north - south) * scale) / 2 + (north - lat) * scale
  return rings
    .map((ring) => `M${ring.map(([lng, lat]) => `${x(lng).toFixed(1)} ${y(lat).toFixed(1)}`).join('L')}Z`)
    .join('')
}
