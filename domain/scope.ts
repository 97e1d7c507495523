/**
 * What somebody may see: the area codes whose prefix is one of these. `['']` is everything, also what lies
 * outside all grids (its area code is `''`). In SQL: `area_code ^@ ANY ($n::text[])`.
 */
export type Scope = readonly string[]

export const EVERYTHING: Scope = ['']

export function inScope(areaCode: string, scope: Scope): boolean {
  return scope.some((prefix) => areaCode.startsWith(prefix))
}

/** Which cases somebody may see: those in the areas, and of these only the department's where one is named. */
export interface CaseScope {
  areas: Scope
  departmentCode: string | null
}

export const EVERY_CASE: CaseScope = { areas: EVERYTHING, departmentCode: null }
