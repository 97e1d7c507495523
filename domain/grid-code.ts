/**
 * How grids are numbered.
 * `cn15`: 6 digits county + 3 street + 3 community + 3 sequence (DB11 unit grids; GB/T 30428.1-2013).
 * `free`: any text without blanks; the grid's area is stated beside it.
 */
export const GRID_CODE_SCHEMES = ['cn15', 'free'] as const
export type GridCodeScheme = (typeof GRID_CODE_SCHEMES)[number]

export type GridCodeReason = 'grid-code-not-15-digits' | 'grid-sequence-zero' | 'grid-code-blank'

/** The reason why `code` is no grid code of the scheme, or null. */
export function gridCodeFault(code: string, scheme: GridCodeScheme): GridCodeReason | null {
  if (scheme === 'free') return /^\S{1,64}$/.test(code) ? null : 'grid-code-blank'
  if (!/^\d{15}$/.test(code)) return 'grid-code-not-15-digits'
  return code.endsWith('000') ? 'grid-sequence-zero' : null
}

/** The community a grid lies in as its code states it; null where the scheme does not tell. */
export function communityOfGrid(code: string, scheme: GridCodeScheme): string | null {
  return scheme === 'cn15' ? code.slice(0, 12) : null
}
