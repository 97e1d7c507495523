import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { type Action, mayDo, PUBLIC } from '../../domain/access/action.ts'
import type { CaseScope, Scope } from '../../domain/scope.ts'
import { RequestError } from '../errors.ts'
import type { Actor } from './actor.ts'
import { recordRefusal, requestOf } from './refusal.ts'

const NOT_SIGNED_IN = 'Nobody is signed in here, or no longer: sign in.'

/**
 * Holds every request against the table of rights. A route that names no action keeps the app from starting.
 * @param whoAsks null where nobody known asks
 * @param scopeOfToken what a program may see that asks with a token for this very action; null: it has none
 */
export function requireActions(
  app: FastifyInstance,
  whoAsks: (request: FastifyRequest) => Promise<Actor | null>,
  scopeOfToken: (request: FastifyRequest, action: Action) => Scope | null = () => null,
): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    routes.push(route)
  })
  app.addHook('onReady', async () => {
    const nameless = routes.filter(({ config }) => config?.action === undefined)
    if (nameless.length === 0) return
    const names = nameless.map(({ method, url }) => `${[method].flat().join('|')} ${url}`)
    throw new Error(`These routes name no action of domain/access/action.ts: ${names.join(', ')}.`)
  })
  app.decorateRequest('actor', null)
  app.decorateRequest('scope')
  app.decorateRequest('caseScope')
  app.decorateRequest('db')
  const showWithin = (request: FastifyRequest, scope: CaseScope) => {
    request.scope = scope.areas
    request.caseScope = scope
    request.db = app.db.seenBy(scope)
  }
  app.addHook('onRequest', async (request) => {
    const action = request.is404 ? PUBLIC : request.routeOptions.config.action!
    // Nothing is in the scope of nobody
    request.scope = []
    request.caseScope = { areas: [], departmentCode: null }
    if (action === PUBLIC) return
    const ofProgram = scopeOfToken(request, action)
    if (ofProgram) {
      showWithin(request, { areas: ofProgram, departmentCode: null })
      return
    }
    const actor = await whoAsks(request)
    if (!actor) throw new RequestError(401, NOT_SIGNED_IN)
    request.actor = actor
    showWithin(request, { areas: actor.scope, departmentCode: actor.departmentCode })
    const mustChoose = actor.mustChangePassword && !action.startsWith('session.')
    if (!mustChoose && mayDo(actor.role, action)) return
    // Written down before it is refused
    await recordRefusal(app.db, request, { action, subject: requestOf(request) })
    throw new RequestError(
      403,
      mustChoose
        ? 'The password was made for one use: choose one of your own first.'
        : `The role ${actor.role} may not do this (${action}): ask an administrator.`,
    )
  })
}

/**
 * Routes registered from here on that name no action, as those of plugins, are `action`, until what is answered is
 * called.
 */
export function declareAction(app: FastifyInstance, action: Action | typeof PUBLIC): () => void {
  let isDeclared = true
  app.addHook('onRoute', (route) => {
    if (isDeclared && route.config?.action === undefined) route.config = { ...route.config, action }
  })
  return () => {
    isDeclared = false
  }
}
