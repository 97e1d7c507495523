import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { NewWallDevice, Pairing, WallDevice, WallDeviceChange } from '../../../domain/access/wall-device.ts'
import { Problem } from '../../../domain/problem.ts'
import { recordAudit } from '../../audit/record.ts'
import { IdempotencyKey, makeOnce } from '../../creation-key.ts'
import type { Transaction } from '../../database/database.ts'
import { badField, notFound, RequestError } from '../../errors.ts'
import { askerOf } from '../audited.ts'
import {
  clearCookie,
  PAIRING_COOKIE,
  SESSION_COOKIE,
  setCookie,
  WALL_COOKIE,
  WALL_COOKIE_S,
} from '../cookie.ts'
import { refuseUnknownAreas } from '../known-scope.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import { hashOfToken, newToken } from '../token.ts'
import { newCode, readCode } from './pairing-code.ts'
import {
  approvePairing,
  chooseWall,
  countDevices,
  findPairing,
  findWallDevice,
  giveToken,
  insertPairing,
  isWall,
  listDevices,
  revokeDevice,
} from './queries.ts'
import type { WallStore } from './wall-store.ts'

/** As many as a list shows at once. */
const MOST_DEVICES = 500
const LIMITS = { minutes: 10, perAddress: 20, inAll: 500 }

export interface WallRouteParts {
  walls: WallStore
  sessions: SessionStore
}

/** A screen shows a code, an administrator types it in and says what the screen may see; it can be revoked. */
export const wallRoutes: FastifyPluginAsyncTypebox<WallRouteParts> = async (app, { walls, sessions }) => {
  const { db } = app
  const tags = ['walls']
  const errors = { '4xx': Problem, '5xx': Problem }
  const params = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })

  app.post(
    '/pairing',
    {
      config: { action: 'public', isAttempt: true },
      schema: {
        tags,
        summary: 'Ask for a code to show on a screen that is to be paired: its own one while that holds',
        response: { 201: Pairing, ...errors },
      },
    },
    async (request, reply) => {
      const former = request.cookies[PAIRING_COOKIE]
      const waiting = former ? await findPairing(db, hashOfToken(former)) : null
      // A screen that is switched off and on again takes up no second place
      if (waiting?.deviceId === null) {
        return reply.code(201).send(shown(waiting))
      }
      const secret = newToken()
      const code = newCode()
      const expiresAt = await db.transaction((tx) =>
        insertPairing(tx, { code, secretHash: hashOfToken(secret), address: request.ip }, LIMITS),
      )
      if (!expiresAt) {
        reply.header('retry-after', '60')
        throw new RequestError(429, 'Too many screens wait to be paired: try again in a minute.')
      }
      setCookie(request, reply, PAIRING_COOKIE, secret)
      return reply.code(201).send(shown({ code, expiresAt }))
    },
  )

  app.get(
    '/pairing',
    {
      config: { action: 'public' },
      schema: {
        tags,
        summary: 'Whether the code on this screen was typed in; then the screen gets its token as a cookie',
        response: { 200: Pairing, ...errors },
      },
    },
    async (request, reply) => {
      const expired = { state: 'expired' as const, code: null, expiresAt: null }
      const secret = request.cookies[PAIRING_COOKIE]
      const secretHash = secret ? hashOfToken(secret) : null
      const pairing = secretHash && (await findPairing(db, secretHash))
      if (!pairing) return expired
      const { code, expiresAt, deviceId } = pairing
      if (deviceId === null) return shown({ code, expiresAt })
      const token = newToken()
      const former = request.cookies[SESSION_COOKIE]
      const isGiven = await db.transaction(async (tx) => {
        const name = await giveToken(tx, deviceId, hashOfToken(token), secretHash)
        if (name === null) return false
        // Whoever paired it in this very browser is no longer signed in there: the wall would go on as that person
        if (former) await sessions.end(tx, former)
        await recordAudit(tx, {
          actor: { kind: 'wall', id: deviceId, name, role: 'wall' },
          address: request.ip,
          action: 'wall.enter',
          subject: `screen ${name}`,
          outcome: 'done',
        })
        return true
      })
      clearCookie(reply, PAIRING_COOKIE)
      if (!isGiven) return expired
      if (former) {
        sessions.forgetToken(former)
        clearCookie(reply, SESSION_COOKIE)
      }
      setCookie(request, reply, WALL_COOKIE, token, WALL_COOKIE_S)
      return { state: 'paired' as const, code: null, expiresAt: null }
    },
  )

  app.get(
    '/devices',
    {
      config: { action: 'wall.manage' },
      schema: {
        tags,
        summary: 'The paired screens, with their last contact',
        response: { 200: Type.Array(WallDevice), ...errors },
      },
    },
    () => listDevices(db),
  )

  app.post(
    '/devices',
    {
      config: { action: 'wall.manage', isAttempt: true },
      schema: {
        tags,
        summary:
          'Pair the screen that shows this code; a repeated Idempotency-Key answers the screen that it paired',
        headers: Type.Object({ 'idempotency-key': IdempotencyKey }),
        body: NewWallDevice,
        response: { 201: WallDevice, ...errors },
      },
    },
    async (request, reply) => {
      const { code, name, scope, wallId = null } = request.body
      await refuseUnknownAreas(db, scope)
      const make = async (tx: Transaction) => {
        await refuseUnknownWall(tx, wallId)
        if ((await countDevices(tx)) >= MOST_DEVICES) {
          throw new RequestError(409, `${MOST_DEVICES} screens are paired: revoke one that is gone first.`)
        }
        const pairedBy = request.actor!.displayName
        const id = await approvePairing(tx, readCode(code), { name, scope, wallId, pairedBy })
        if (id === null) {
          throw badField('code', 'is on no screen, or no longer', 'Type the code that the screen shows now.')
        }
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'wall.pair',
          subject: `screen ${name}`,
          outcome: 'done',
          after: { id, name, scope, wallId },
        })
        return { id, made: (await findWallDevice(tx, id))! }
      }
      const key = `wall ${request.actor!.id} ${request.headers['idempotency-key']}`
      const device = await db.transaction((tx) =>
        makeOnce(tx, {
          what: 'request',
          key,
          body: request.body,
          make: () => make(tx),
          again: async (id) => (await findWallDevice(tx, id))!,
        }),
      )
      return reply.code(201).send(device)
    },
  )

  app.patch(
    '/devices/:id',
    {
      config: { action: 'wall.manage' },
      schema: {
        tags,
        summary: 'Choose the wall that a screen shows',
        params,
        body: WallDeviceChange,
        response: { 200: WallDevice, ...errors },
      },
    },
    (request) =>
      db.transaction(async (tx) => {
        const { id } = request.params
        const { wallId } = request.body
        const device = await findWallDevice(tx, id)
        if (!device) throw notFound('screen with the number', String(id))
        await refuseUnknownWall(tx, wallId)
        if (await chooseWall(tx, id, wallId)) {
          await recordAudit(tx, {
            ...askerOf(request),
            action: 'wall.choose',
            subject: `screen ${device.name}`,
            outcome: 'done',
            before: { id, wallId: device.wallId },
            after: { id, wallId },
          })
        }
        return { ...device, wallId }
      }),
  )

  app.delete(
    '/devices/:id',
    {
      config: { action: 'wall.manage' },
      schema: {
        tags,
        summary: 'Revoke the token of a screen: it shows nothing more',
        params,
        response: { 204: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      await db.transaction(async (tx) => {
        const device = await findWallDevice(tx, id)
        if (!device) throw notFound('screen with the number', String(id))
        if (!(await revokeDevice(tx, id))) return
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'wall.revoke',
          subject: `screen ${device.name}`,
          outcome: 'done',
          before: { id, name: device.name, scope: device.scope },
        })
      })
      walls.forget(id)
      return reply.code(204).send(null)
    },
  )
}

const shown = ({ code, expiresAt }: { code: string; expiresAt: Date }) => ({
  state: 'waiting' as const,
  code,
  expiresAt: expiresAt.toISOString(),
})

async function refuseUnknownWall(tx: Transaction, wallId: number | null): Promise<void> {
  if (wallId === null || (await isWall(tx, wallId))) return
  throw badField(
    'wallId',
    `there is no wall ${wallId}`,
    'Use one of /api/walls, or null for the ready-made scenes.',
  )
}
