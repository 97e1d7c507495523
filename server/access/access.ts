import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Action } from '../../domain/access/action.ts'
import type { Scope } from '../../domain/scope.ts'
import { hasToken } from './bearer-token.ts'
import { SESSION_COOKIE, WALL_COOKIE } from './cookie.ts'
import { refuseCrossSite } from './cross-site.ts'
import { openIdRoutes } from './open-id/routes.ts'
import { requireActions } from './require-action.ts'
import { purgeSessions } from './sessions/queries.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { SessionStore } from './sessions/session-store.ts'
import { userRoutes } from './users/routes.ts'
import { wallRoutes } from './walls/routes.ts'
import { WallStore } from './walls/wall-store.ts'

const PURGE_EVERY_MS = 600_000

/** Who may sign in and do what; to be called before any route is registered. */
export async function controlAccess(app: FastifyInstance): Promise<void> {
  const { db, config, log } = app
  const limits = { idleMinutes: config.sessionIdleMinutes, hours: config.sessionHours }
  const sessions = new SessionStore(db, limits)
  await app.register(cookie)
  const walls = new WallStore(db)
  const whoAsks = async ({ cookies, ip }: FastifyRequest) => {
    const [session, wall] = [cookies[SESSION_COOKIE], cookies[WALL_COOKIE]]
    return (session && (await sessions.find(session))) || (wall && (await walls.find(wall, ip))) || null
  }
  app.decorate('whoAsks', whoAsks)
  /** What programs read with a token of the configuration, and what they see by it. */
  const tokens: Partial<Record<Action, { token: string | null; scope: Scope }>> = {
    'metrics.read': { token: config.metricsToken, scope: [] },
    'cap.read': { token: config.capToken, scope: config.capScope },
  }
  requireActions(app, whoAsks, (request, action) => {
    const held = tokens[action]
    return held && hasToken(request, held.token) ? held.scope : null
  })
  refuseCrossSite(app)
  const purge = setInterval(() => {
    purgeSessions(db, limits).catch((error) => log.warn({ err: error }, 'old sessions stay'))
  }, PURGE_EVERY_MS)
  purge.unref()
  app.addHook('onClose', async () => clearInterval(purge))
  await app.register(sessionRoutes, { prefix: '/api/access', sessions })
  if (config.openId) {
    await app.register(openIdRoutes, {
      prefix: '/api/access/open-id',
      sessions,
      settings: config.openId,
    })
  }
  await app.register(userRoutes, { prefix: '/api/users', sessions })
  await app.register(wallRoutes, { prefix: '/api/walls', walls, sessions })
}
