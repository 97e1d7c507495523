import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Problem } from '../../../domain/problem.ts'
import { unknownAreas } from '../../database/unknown-areas.ts'
import { RequestError } from '../../errors.ts'
import { SchemaCheck } from '../../schema-check.ts'
import { askerOf } from '../audited.ts'
import { clearCookie, setCookie } from '../cookie.ts'
import { isDepartment } from '../place-queries.ts'
import { recordRefusal } from '../refusal.ts'
import { beginSession } from '../sessions/begin-session.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import { admit } from './admit.ts'
import { Issuer, IssuerError } from './issuer.ts'
import { refusedPage } from './refused-page.ts'
import { placeWithin } from './return-place.ts'
import type { OpenIdSettings } from './settings.ts'

const FLOW_COOKIE = 'open-id'
/** Time to type a password and a second factor at the issuer. */
const FLOW_S = 600

const Flow = Type.Object({
  state: Type.String(),
  nonce: Type.String(),
  codeVerifier: Type.String(),
  returnTo: Type.String(),
})

export interface OpenIdRouteParts {
  sessions: SessionStore
  settings: OpenIdSettings
}

/** Signing in at the organisation's own issuer: authorization code with PKCE, state and nonce. */
export const openIdRoutes: FastifyPluginAsyncTypebox<OpenIdRouteParts> = async (
  app,
  { sessions, settings },
) => {
  const { db } = app
  const tags = ['access']
  const errors = { '4xx': Problem, '5xx': Problem }
  const issuer = new Issuer(settings)
  const ownAddress = ({ protocol, host }: FastifyRequest) => `${protocol}://${host}`
  const logged = (request: FastifyRequest, error: unknown) => {
    if (error instanceof IssuerError) request.log.warn({ reason: error.reason }, error.message)
    return error
  }

  // Areas may come later, by an import: a warning, no refusal
  app.addHook('onReady', async () => {
    for (const { group, scope, departmentCode } of settings.roles) {
      const unknown = await unknownAreas(db, scope)
      if (departmentCode !== null && !(await isDepartment(db, departmentCode))) unknown.push(departmentCode)
      if (unknown.length > 0)
        app.log.warn({ group, unknown }, 'OPENID_ROLES names codes that are not known here')
    }
  })

  app.get(
    '/',
    {
      config: { action: 'public', isAttempt: true },
      schema: {
        tags,
        summary: "Go to the organisation's own sign-in",
        querystring: Type.Object({
          /** where to be afterwards: a path of this site */
          returnTo: Type.Optional(Type.String({ maxLength: 2000 })),
        }),
        response: { 302: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      const redirectUri = `${ownAddress(request)}/api/access/open-id/callback`
      const { flow, address } = await issuer.begin(redirectUri).catch((error) => {
        reply.header('retry-after', '10')
        throw logged(request, error)
      })
      const kept = { ...flow, returnTo: placeWithin(ownAddress(request), request.query.returnTo) }
      const text = Buffer.from(JSON.stringify(kept)).toString('base64url')
      setCookie(request, reply, FLOW_COOKIE, text, FLOW_S)
      return reply.header('cache-control', 'no-store').redirect(address.href)
    },
  )

  app.get(
    '/callback',
    {
      config: { action: 'public', isAttempt: true },
      schema: {
        tags,
        summary: 'Where the issuer sends the browser back to',
        // What else it holds is the issuer's business
        querystring: Type.Object(
          {
            code: Type.Optional(Type.String({ maxLength: 4000 })),
            state: Type.Optional(Type.String({ maxLength: 500 })),
            iss: Type.Optional(Type.String({ maxLength: 2000 })),
            error: Type.Optional(Type.String({ maxLength: 200 })),
          },
          { additionalProperties: true },
        ),
        response: { 302: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      const flow = readFlow(request.cookies[FLOW_COOKIE])
      // For one answer only
      clearCookie(reply, FLOW_COOKIE)
      reply.header('cache-control', 'no-store')
      let who: string = settings.issuer
      try {
        if (!flow) throw new RequestError(401, 'This sign-in has expired or began elsewhere: begin again.')
        const person = await issuer.end(new URL(request.url, ownAddress(request)), flow)
        who = person.name
        const userId = await admit(db, person, settings.roles, askerOf(request))
        sessions.forget(userId)
        await beginSession({ db, sessions }, request, reply, userId, 'open-id')
      } catch (error) {
        logged(request, error)
        if (!(error instanceof RequestError)) throw error
        const after = { status: error.statusCode }
        await recordRefusal(db, request, { action: 'sign-in', subject: `open-id ${who}`, after })
        if (!request.headers.accept?.includes('text/html')) throw error
        return sendPage(reply, error)
      }
      // The cookie is not signed: where it leads is looked at again
      return reply.redirect(placeWithin(ownAddress(request), flow.returnTo))
    },
  )
}

/** Written by `serializer`, past the schema: this one answer is read by people. */
function sendPage(reply: FastifyReply, { statusCode, title }: RequestError) {
  return reply
    .code(statusCode)
    .type('text/html; charset=utf-8')
    .serializer((page) => page as string)
    .send(refusedPage(title) as never)
}

const flowCheck = new SchemaCheck(Flow)

function readFlow(text: string | undefined) {
  if (!text) return null
  try {
    const flow: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return flowCheck.accepts(flow) ? flow : null
  } catch {
    return null
  }
}
