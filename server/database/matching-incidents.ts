import { secondOf } from '../../domain/columns/filter.ts'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Parameter } from './database.ts'

/** The cases of a filter as a table in SQL; takes the first eleven parameters of the statement. */
export const MATCHING_INCIDENTS = `matching_incidents($1::text[], $2::timestamptz, $3::timestamptz, $4::text[],
  $5::text[], $6::int[], $7::text[], $8::text[], $9::text, $10::text, $11::boolean)`

/** The parameters that MATCHING_INCIDENTS takes. An empty list is no condition, as in the columns. */
export function matchingIncidents(scope: CaseScope, filter: IncidentFilter): Parameter[] {
  const list = (values: readonly unknown[] | undefined) => (values?.length ? values : null)
  return [
    scope.areas,
    timeOf(filter.from),
    timeOf(filter.to),
    list(filter.category),
    list(filter.status),
    list(filter.level),
    list(filter.intake),
    departmentsOf(filter, scope),
    filter.area ?? null,
    filter.grid ?? null,
    filter.open ?? null,
  ]
}

/** An empty list: none of the wanted departments may be seen. */
function departmentsOf({ department: wanted }: IncidentFilter, { departmentCode }: CaseScope): Parameter {
  if (departmentCode === null) return wanted?.length ? wanted : null
  return !wanted?.length || wanted.includes(departmentCode) ? [departmentCode] : []
}

function timeOf(time: string | undefined): Date | null {
  const second = secondOf(time)
  return second === null ? null : new Date(second * 1000)
}
