import type { FastifyInstance } from 'fastify'
import { readyMadeWall } from '../domain/wall/ready-made.ts'
import type { WallContent } from '../domain/wall/wall.ts'
import { WALL_COOKIE } from './access/cookie.ts'
import { hashOfToken } from './access/token.ts'
import type { Database } from './database/database.ts'

/** For tests: a paired screen; answers its number and what its browser would send as its cookie. */
export async function pairScreen(
  db: Database,
  { name, scope = [''], wallId = null }: { name: string; scope?: string[]; wallId?: number | null },
): Promise<{ id: number; cookie: string }> {
  const token = `token-of-${name}`
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO wall_devices (name, scope, wall_id, token_hash, paired_by)
     VALUES ($1, $2::text[], $3::bigint, $4, 'test') RETURNING id`,
    [name, scope, wallId, hashOfToken(token)],
  )
  return { id: rows[0]!.id, cookie: `${WALL_COOKIE}=${token}` }
}

/** For tests: two scenes of 10 and 20 seconds. */
export function smallWall(more: Partial<WallContent> = {}): WallContent {
  const { night: _night, ...shipped } = readyMadeWall('en')
  const [first, second] = shipped.scenes
  return {
    ...shipped,
    scenes: [
      { ...first!, id: 'one', seconds: 10 },
      { ...second!, id: 'two', seconds: 20 },
    ],
    alarms: [],
    ...more,
  }
}

let keys = 0

/** For tests: asks in the name of whoever has a cookie. */
export function asker(app: () => FastifyInstance) {
  return (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    cookie: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) =>
    app().inject({
      method,
      url: `/api${url}`,
      headers: { cookie, 'idempotency-key': `test ${++keys}`, ...headers },
      ...(payload && { payload }),
    })
}
