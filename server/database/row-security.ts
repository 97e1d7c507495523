import pg from 'pg'
import type { CaseScope } from '../../domain/scope.ts'
import type { Database } from './database.ts'
import { encodeParameter } from './values.ts'

/** Reads for requests; may not sign in. It belongs to the whole server, its rights to one database. */
const SCOPED_ROLE = 'grid_scoped'

const NOT_ALLOWED = '42501'
/** Somebody else made the role, or gave it a right, at the same moment. */
const MEANWHILE = ['42710', '23505', 'XX000']
const MOST_TRIES = 5

export interface RowSecurity {
  /** in one line why requests cannot be held back, with the remedy; null: they are */
  fault: string | null
  /** where statements find what is not of the schema `scoped` */
  searchPath: string
}

/**
 * Sees to it that requests can read as the role that the policies hold back, making the role and its rights where
 * this user may.
 */
export async function prepareRowSecurity(db: Database): Promise<RowSecurity> {
  for (let tries = 1; ; tries++) {
    try {
      const { rows } = await db.query<{ path: string }>(`SELECT current_setting('search_path') AS path`)
      return { fault: await prepare(db), searchPath: rows[0]!.path }
    } catch (error) {
      if (tries === MOST_TRIES || !MEANWHILE.includes((error as { code?: string }).code ?? '')) throw error
    }
  }
}

async function prepare(db: Database): Promise<string | null> {
  const { rows } = await db.query<{ user: string; migrated: boolean; exists: boolean; tooStrong: boolean }>(
    `SELECT current_user::text AS user, to_regnamespace('scoped') IS NOT NULL AS migrated, EXISTS (
              SELECT FROM pg_roles WHERE rolname = $1) AS exists, EXISTS (
              SELECT FROM pg_roles WHERE rolname = $1 AND (rolsuper OR rolbypassrls OR rolcanlogin)) AS "tooStrong"`,
    [SCOPED_ROLE],
  )
  const { user, migrated, exists, tooStrong } = rows[0]!
  const owner = pg.escapeIdentifier(user)
  const isOff = (why: string, remedy: string) =>
    `Row security is off, scopes are kept by the program alone: ${why}. Let an administrator run ${remedy}, then start again.`
  if (!migrated) return isOff('the tables are of an older version', 'npm start once')
  if (tooStrong) {
    return isOff(
      `the role ${SCOPED_ROLE} may do more than it must`,
      `ALTER ROLE ${SCOPED_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS`,
    )
  }
  if (!exists && !(await may(db, `CREATE ROLE ${SCOPED_ROLE} NOLOGIN`))) {
    const remedy = `CREATE ROLE ${SCOPED_ROLE} NOLOGIN; GRANT ${SCOPED_ROLE} TO ${owner}`
    return isOff(`the database user ${user} may not create the role ${SCOPED_ROLE}`, remedy)
  }
  const become = `SET LOCAL ROLE ${SCOPED_ROLE}`
  const join = `GRANT ${SCOPED_ROLE} TO ${owner}`
  if (!(await may(db, become)) && !((await may(db, join)) && (await may(db, become)))) {
    return isOff(`the database user ${user} may not act as the role ${SCOPED_ROLE}`, join)
  }
  if (!(await giveRights(db))) {
    return isOff(
      `the tables belong to somebody else than ${user}`,
      `the program as their owner, or ALTER TABLE ... OWNER TO ${owner}`,
    )
  }
  return null
}

/** Whether this user may do it; done where it may. */
function may(db: Database, statement: string): Promise<boolean> {
  return db
    .transaction((tx) => tx.query(statement))
    .then(
      () => true,
      (error) => {
        if (error.code === NOT_ALLOWED) return false
        throw error
      },
    )
}

/** Everything in the schema `scoped`, and the tables that policies hold back. False: this user cannot give that. */
async function giveRights(db: Database): Promise<boolean> {
  const { rows } = await db.query<{ missing: string[] }>(
    `SELECT array_agg(pg_class.oid::regclass::text) AS missing
       FROM pg_class
      WHERE (relnamespace = 'scoped'::regnamespace
             OR relnamespace = 'public'::regnamespace AND relkind = 'r' AND relrowsecurity)
        AND NOT (has_table_privilege($1, pg_class.oid, 'SELECT')
                 AND has_schema_privilege($1, relnamespace, 'USAGE'))
     HAVING count(*) > 0`,
    [SCOPED_ROLE],
  )
  if (!rows[0]) return true
  return may(
    db,
    `GRANT USAGE ON SCHEMA public, scoped TO ${SCOPED_ROLE};
     GRANT SELECT ON ${rows[0].missing.join(', ')} TO ${SCOPED_ROLE}`,
  )
}

/**
 * Begins a transaction that reads as the role and sees what `who` may see. It all ends with the transaction: the
 * connection's next user finds none of it.
 */
export function beginSeenBy({ areas, departmentCode }: CaseScope, searchPath: string): string[] {
  return [
    'BEGIN READ ONLY',
    `SET LOCAL search_path = scoped, ${searchPath}`,
    `SET LOCAL app.scope = ${pg.escapeLiteral(String(encodeParameter(areas)))}`,
    `SET LOCAL app.department = ${pg.escapeLiteral(departmentCode ?? '')}`,
    `SET LOCAL ROLE ${SCOPED_ROLE}`,
  ]
}
