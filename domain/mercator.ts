/** A place in the unit square of Web Mercator (EPSG:3857): x to the east, y to the south, 0 to 1. */
export interface MercatorPlace {
  x: number
  y: number
}

/** @param lat between the poles, degrees */
export function mercatorOf(lng: number, lat: number): MercatorPlace {
  const sine = Math.sin((lat * Math.PI) / 180)
  return { x: lng / 360 + 0.5, y: 0.5 - Math.atanh(sine) / (2 * Math.PI) }
}

export function lngLatOf({ x, y }: MercatorPlace): [lng: number, lat: number] {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI]
}
