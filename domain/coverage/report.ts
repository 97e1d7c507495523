import type { Position } from '../geometry.ts'

/** What was done to the input, and where. */
export interface Change {
  kind:
    | 'snapped'
    | 'duplicate-vertex-removed'
    | 'ring-repaired'
    | 'vertex-added'
    | 'sliver-closed'
    | 'overlap-removed'
  keys: string[]
  at: Position
  /** of what changed hands */
  areaM2?: number
  /** vertices that one entry stands for */
  count?: number
}

/** What is wrong and was left as it is. */
export interface Problem {
  kind: 'gap' | 'overlap' | 'invalid-ring' | 'no-area'
  keys: string[]
  at: Position
  areaM2: number
  /** diameter of the largest circle inside */
  widthM: number
}

/** By kind, keys, place and size. */
export function sortChanges(changes: Change[]): Change[] {
  return changes.sort((a, b) => compareKindKeysAndPlace(a, b) || (a.areaM2 ?? 0) - (b.areaM2 ?? 0))
}

/** The largest first, equal ones by kind, keys and place. */
export function sortProblems(problems: Problem[]): Problem[] {
  return problems.sort((a, b) => b.areaM2 - a.areaM2 || compareKindKeysAndPlace(a, b))
}

function compareKindKeysAndPlace(a: Change | Problem, b: Change | Problem): number {
  const [one, other] = [[a.kind, ...a.keys].join(' '), [b.kind, ...b.keys].join(' ')]
  if (one !== other) return one < other ? -1 : 1
  return a.at[0] - b.at[0] || a.at[1] - b.at[1]
}
