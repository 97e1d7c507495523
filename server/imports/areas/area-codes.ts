import type { AreaLevel } from '../../../domain/area.ts'
import type { GridCodeScheme } from '../../../domain/grid-code.ts'

const LEVEL_OF_DIGITS: Readonly<Record<number, AreaLevel>> = { 6: 'district', 9: 'street', 12: 'community' }

/** The level that a code of the Chinese scheme states; null: it is none of that scheme. */
export function levelOfCode(code: string): AreaLevel | null {
  return /^\d+$/.test(code) ? (LEVEL_OF_DIGITS[code.length] ?? null) : null
}

export interface AreaOfChain {
  code: string
  level: AreaLevel
}

/** The areas above and of a code of the Chinese scheme, the widest first; of other codes only the area itself. */
export function areaChain(code: string, scheme: GridCodeScheme, level: AreaLevel): AreaOfChain[] {
  if (scheme === 'free') return [{ code, level }]
  return [6, 9, 12]
    .filter((digits) => digits <= code.length)
    .map((digits) => ({ code: code.slice(0, digits), level: LEVEL_OF_DIGITS[digits]! }))
}
