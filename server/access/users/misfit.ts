import type { Role } from '../../../domain/access/role.ts'
import type { Queryable } from '../../database/database.ts'
import { badField } from '../../errors.ts'
import { refuseUnknownAreas } from '../known-scope.ts'
import { isDepartment } from '../place-queries.ts'

interface Rights {
  role: Role
  scope: readonly string[]
  departmentCode: string | null
}

/**
 * What a user has already is not held against what is here now: somebody whose area was renumbered can still be shut
 * out, or get another name.
 * @param before null: a new user
 * @throws RequestError naming the field that does not go with the role, or names what is not here
 */
export async function refuseMisfit(
  db: Queryable,
  wanted: Rights,
  before: Rights | null = null,
): Promise<void> {
  const { role, scope, departmentCode } = wanted
  const had = new Set(before?.scope)
  await refuseUnknownAreas(
    db,
    scope.filter((code) => !had.has(code)),
  )
  if (role === 'administrator' && !(scope.length === 1 && scope[0] === '')) {
    throw badField('scope', 'is not everything', 'An administrator sees the whole: state one empty code.')
  }
  if ((role === 'department-handler') !== (departmentCode !== null)) {
    throw badField(
      'departmentCode',
      role === 'department-handler' ? 'is missing' : `does not go with the role ${role}`,
      'A handler has a department, nobody else does.',
    )
  }
  const isNew = departmentCode !== null && departmentCode !== before?.departmentCode
  if (isNew && !(await isDepartment(db, departmentCode))) {
    throw badField('departmentCode', `${departmentCode} is no department here`, 'See /api/departments.')
  }
}
