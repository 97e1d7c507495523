import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { Problem } from '../../../domain/problem.ts'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import { NewWall, Wall, WallChange, WallSummary, WallVersion } from '../../../domain/wall/wall.ts'
import { askerOf } from '../../access/audited.ts'
import { recordAudit } from '../../audit/record.ts'
import { IdempotencyKey } from '../../creation-key.ts'
import { notFound } from '../../errors.ts'
import { IfMatch, refuseStale, statedVersion, tagOf } from '../../if-match.ts'
import { noWall, shownWallId, wallById } from '../shown-wall.ts'
import { makeWall, refuseUnshowable } from './make-wall.ts'
import {
  changeWall,
  deleteWall,
  findVersion,
  findWall,
  listVersions,
  listWalls,
  lockWall,
} from './queries.ts'

const withTag = (reply: FastifyReply, wall: Wall) => reply.header('etag', tagOf(wall)).send(wall)

/** Walls as people make and change them, with all of their versions. */
export const contentRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app
  const { language } = app.config
  const tags = ['walls']
  const errors = { '4xx': Problem, '5xx': Problem }
  const number = { maximum: Number.MAX_SAFE_INTEGER }
  const params = Type.Object({ id: Type.Integer({ minimum: 1, ...number }) })

  app.get(
    '/walls',
    {
      config: { action: 'wall.read' },
      schema: { tags, summary: 'The walls, by name', response: { 200: Type.Array(WallSummary), ...errors } },
    },
    () => listWalls(db),
  )

  app.post(
    '/walls',
    {
      config: { action: 'wall.manage' },
      schema: {
        tags,
        summary: 'Make a wall; a repeated Idempotency-Key answers the wall it made',
        headers: Type.Object({ 'idempotency-key': IdempotencyKey }),
        body: NewWall,
        response: { 201: Wall, ...errors },
      },
    },
    async (request, reply) => {
      const { kind, id: actorId, displayName } = request.actor!
      const { name, content = readyMadeWall(language) } = request.body
      const key = `walls ${kind} ${actorId} ${request.headers['idempotency-key']}`
      const id = await makeWall(db, key, { name, content }, displayName, askerOf(request))
      const wall = await findWall(db, id)
      // Sent again after its wall was deleted
      if (!wall) throw noWall(id)
      return reply.code(201).header('location', `/api/walls/${id}`).header('etag', tagOf(wall)).send(wall)
    },
  )

  app.get(
    '/walls/own',
    {
      config: { action: 'wall.show' },
      schema: {
        tags,
        summary: 'What the asking screen shows; for people any wall, without a number the ready-made scenes',
        querystring: Type.Object({ id: Type.Optional(Type.Integer({ minimum: 0, ...number })) }),
        response: { 200: Wall, ...errors },
      },
    },
    async ({ actor, query }) => {
      const id = await shownWallId(db, actor!, query.id)
      const wall = await wallById(db, id, language)
      if (!wall) throw noWall(id)
      return wall
    },
  )

  app.get(
    '/walls/:id',
    {
      config: { action: 'wall.read' },
      schema: {
        tags,
        summary: 'A wall; its tag is its version. Number 0 is the ready-made one',
        params: Type.Object({ id: Type.Integer({ minimum: 0, ...number }) }),
        response: { 200: Wall, ...errors },
      },
    },
    async ({ params: { id } }, reply) => {
      const wall = await wallById(db, id, language)
      if (!wall) throw noWall(id)
      return withTag(reply, wall)
    },
  )

  app.put(
    '/walls/:id',
    {
      config: { action: 'wall.manage' },
      schema: {
        tags,
        summary: 'Change a wall: a new version, where If-Match names the one in force',
        params,
        headers: IfMatch,
        body: WallChange,
        response: { 200: Wall, ...errors },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { name, content } = request.body
      const stated = statedVersion(request.headers)
      const changed = await db.transaction(async (tx) => {
        const wall = await lockWall(tx, id)
        if (!wall) throw noWall(id)
        refuseStale(stated, wall, reply)
        await refuseUnshowable(tx, content)
        const version = wall.version + 1
        await changeWall(tx, id, version, { name, content, changedBy: request.actor!.displayName })
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'wall.change',
          subject: `wall ${id}`,
          outcome: 'done',
          // What it held is in the versions
          before: { name: wall.name, version: wall.version },
          after: { name, version },
        })
        return (await findWall(tx, id))!
      })
      return withTag(reply, changed)
    },
  )

  app.delete(
    '/walls/:id',
    {
      config: { action: 'wall.manage' },
      schema: {
        tags,
        summary:
          'Delete a wall, where If-Match names its version in force: its screens show the ready-made scenes',
        params,
        headers: IfMatch,
        response: { 204: Type.Null(), ...errors },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const stated = statedVersion(request.headers)
      await db.transaction(async (tx) => {
        const wall = await lockWall(tx, id)
        if (!wall) throw noWall(id)
        refuseStale(stated, wall, reply)
        await deleteWall(tx, id)
        await recordAudit(tx, {
          ...askerOf(request),
          action: 'wall.delete',
          subject: `wall ${id}`,
          outcome: 'done',
          before: { name: wall.name, version: wall.version },
        })
      })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/walls/:id/versions',
    {
      config: { action: 'wall.read' },
      schema: {
        tags,
        summary: 'The versions of a wall, the newest one first',
        params,
        response: { 200: Type.Array(WallVersion), ...errors },
      },
    },
    async ({ params: { id } }) => {
      const versions = await listVersions(db, id)
      if (!versions) throw noWall(id)
      return versions
    },
  )

  app.get(
    '/walls/:id/versions/:version',
    {
      config: { action: 'wall.read' },
      schema: {
        tags,
        summary: 'A wall as it was',
        params: Type.Object({
          ...params.properties,
          version: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }),
        }),
        response: { 200: Wall, ...errors },
      },
    },
    async ({ params: { id, version } }) => {
      const wall = await findVersion(db, id, version)
      if (!wall) throw notFound(`version ${version} of a wall with the number`, String(id))
      return wall
    },
  )
}
