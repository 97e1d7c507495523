import type { Category, Department } from '../../domain/incident.ts'
import type { Queryable } from '../database/database.ts'

export async function listCategories(db: Queryable): Promise<Category[]> {
  const { rows } = await db.query<Category>(
    `SELECT code, parent_code AS "parentCode", name, name_en AS "nameEn", kind
       FROM categories
      ORDER BY code`,
  )
  return rows
}

export async function listDepartments(db: Queryable): Promise<Department[]> {
  const { rows } = await db.query<Department>(
    'SELECT code, name, name_en AS "nameEn" FROM departments ORDER BY code',
  )
  return rows
}
