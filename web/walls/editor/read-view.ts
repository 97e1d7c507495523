import type { SceneCamera } from '../../../domain/wall/scene.ts'

/** How the map's page names its view in its address: `at=lng,lat,zoom,bearing,pitch`. */
export const viewText = ({ lng, lat, zoom, bearing, pitch }: SceneCamera & { kind: 'at' }): string =>
  [lng, lat, zoom, bearing, pitch].join(',')

/** null: the address names none, so the map was never moved */
export function readView(search: string): SceneCamera | null {
  const parts = (new URLSearchParams(search).get('at') ?? '').split(',').map(Number)
  const [lng, lat, zoom, bearing = 0, pitch = 0] = parts
  if (parts.length < 3 || parts.some((part) => !Number.isFinite(part))) return null
  return { kind: 'at', lng: lng!, lat: lat!, zoom: zoom!, bearing, pitch }
}
