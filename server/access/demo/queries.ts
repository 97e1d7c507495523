import type { Role } from '../../../domain/access/role.ts'
import type { Queryable } from '../../database/database.ts'

export interface DemoUser {
  id: number
  name: string
  displayName: string
  role: Role
}

/** While the demo district is there. */
export async function listDemoUsers(db: Queryable): Promise<DemoUser[]> {
  const { rows } = await db.query<DemoUser>(
    `SELECT id, name, display_name AS "displayName", role
       FROM users WHERE is_demo AND NOT is_disabled AND EXISTS (SELECT 1 FROM demo_district) ORDER BY id`,
  )
  return rows
}

/** A street, a community of it and the busiest department of the demo district; null: it is not here. */
export async function demoPlaces(
  db: Queryable,
): Promise<{ street: string; community: string; department: string } | null> {
  const { rows } = await db.query<{ street: string; community: string; department: string }>(
    `SELECT street.code AS street, community.code AS community,
            (SELECT department_code FROM incidents WHERE department_code IS NOT NULL
              GROUP BY department_code ORDER BY count(*) DESC, department_code LIMIT 1) AS department
       FROM areas street JOIN areas community ON community.parent_code = street.code
      WHERE street.level = 'street' AND EXISTS (SELECT 1 FROM demo_district)
      ORDER BY community.code LIMIT 1`,
  )
  return rows[0] ?? null
}
