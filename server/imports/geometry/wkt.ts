import type { Geometry, Position } from 'geojson'

/**
 * The geometry of well-known text: POINT, POLYGON and MULTIPOLYGON, with or without Z, M and a leading
 * `SRID=...;`. Null for text that is none of these; coordinates that are no numbers come as NaN.
 */
export function parseWkt(text: string): Geometry | null {
  const match = /^\s*(?:SRID=\d+;)?\s*(POINT|POLYGON|MULTIPOLYGON)\s*(?:ZM?|M)?\s*(\(.*\))\s*$/is.exec(text)
  if (!match) return null
  const body = nested(match[2]!)
  const type = match[1]!.toUpperCase()
  if (type === 'POINT') {
    const [point] = positions(body)
    return point ? { type: 'Point', coordinates: point } : null
  }
  if (type === 'POLYGON') return { type: 'Polygon', coordinates: list(body).map(positions) }
  return { type: 'MultiPolygon', coordinates: list(body).map((polygon) => list(polygon).map(positions)) }
}

/** Text in brackets as nested lists: `(1 2, (3 4))` is `['1 2', ['3 4']]`. */
type Nested = string | Nested[]

function nested(text: string): Nested[] {
  const outermost: Nested[] = []
  const open: Nested[][] = [outermost]
  for (const [token] of text.matchAll(/[()]|[^(),]+/g)) {
    if (token === '(') {
      const inner: Nested[] = []
      open.at(-1)!.push(inner)
      open.push(inner)
    } else if (token === ')') {
      if (open.length > 1) open.pop()
    } else if (token.trim() !== '') open.at(-1)!.push(token.trim())
  }
  return list(outermost[0] ?? [])
}

const list = (one: Nested): Nested[] => (Array.isArray(one) ? one : [])

function positions(of: Nested): Position[] {
  return list(of).map((one) =>
    typeof one === 'string' ? one.split(/\s+/).slice(0, 2).map(Number) : [NaN, NaN],
  )
}
