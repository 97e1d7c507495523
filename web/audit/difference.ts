/** One field of what was before and after; null and undefined: there was nothing. */
export interface FieldChange {
  /** '': the whole is no object */
  field: string
  before: unknown
  after: unknown
}

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** What became of each field; those that stayed as they were are left out. */
export function difference(before: unknown, after: unknown): FieldChange[] {
  const [was, is] = [before ?? {}, after ?? {}]
  if (!isFields(was) || !isFields(is)) return isSame(before, after) ? [] : [{ field: '', before, after }]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((field) => ({ field, before: was[field], after: is[field] }))
    .filter((change) => !isSame(change.before, change.after))
}
