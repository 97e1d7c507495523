import type { Change } from '../../domain/change.ts'
import type { LiveCase } from '../../domain/live/live-case.ts'
import type { LiveChanges } from '../../domain/live/live-event.ts'
import { type CaseScope, inScope } from '../../domain/scope.ts'

/**
 * What of `changes` somebody is told who sees the cases of `scope`. A change says where its case stood and whose it
 * was: whoever saw it then hears of it, by its id alone where it has left. Topics are names of tables, for everybody.
 * @param cases those that changed, as they are now
 */
export function toldTo(
  scope: CaseScope,
  changes: readonly Change[],
  cases: ReadonlyMap<number, LiveCase>,
): LiveChanges {
  const told = new Map<number, LiveCase>()
  const gone = new Set<number>()
  const topics = new Set<string>()
  for (const { topic, key, areaCode, departmentCode } of changes) {
    if (topic !== 'incident') topics.add(topic)
    else if (sees(scope, areaCode, departmentCode)) {
      const now = cases.get(Number(key))
      if (now && sees(scope, now.area, now.department)) told.set(now.id, now)
      else gone.add(Number(key))
    }
  }
  return { cases: [...told.values()], gone: [...gone], topics: [...topics] }
}

function sees(scope: CaseScope, areaCode: string, departmentCode: string | null): boolean {
  if (scope.departmentCode !== null && scope.departmentCode !== departmentCode) return false
  return inScope(areaCode, scope.areas)
}

export const isNothing = ({ cases, gone, topics }: LiveChanges): boolean =>
  cases.length === 0 && gone.length === 0 && topics.length === 0
