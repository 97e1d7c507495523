import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Problem } from '../../domain/problem.ts'
import { TileJson } from '../../domain/tile.ts'
import { AsOf, dayAsked } from '../as-of.ts'
import { badField } from '../errors.ts'
import { acceptsEncoding, knowsTag } from '../negotiation.ts'
import { baseLayer } from './base-layer.ts'
import { buildingsLayer } from './buildings-layer.ts'
import { gridsLayer } from './grids-layer.ts'
import { PmtilesFolder } from './pmtiles-folder.ts'
import { type ReadyTile, TileCache } from './tile-cache.ts'
import type { TileAsk, TileLayer, TilePlace, TileView } from './tile-layer.ts'

const MEDIA_TYPE = 'application/vnd.mapbox-vector-tile'
const HIGHEST_ZOOM = 22
const CACHE_BYTES = 48 * 1024 * 1024
const MADE_AT_ONCE = 4

const decompress = promisify(gunzip)

const Place = Type.Object({
  z: Type.Integer({ minimum: 0, maximum: HIGHEST_ZOOM }),
  x: Type.Integer({ minimum: 0, maximum: 2 ** HIGHEST_ZOOM - 1 }),
  y: Type.Integer({ minimum: 0, maximum: 2 ** HIGHEST_ZOOM - 1 }),
})
const errors = { '4xx': Problem, '5xx': Problem }

/** `/tiles/{layer}.json` says what a layer holds, `/tiles/{layer}/{z}/{x}/{y}.mvt` are its tiles. */
export const tileRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const folder = new PmtilesFolder(join(app.config.dataDir, 'basemaps'), app.log)
  const cache = new TileCache(CACHE_BYTES, MADE_AT_ONCE)
  app.addHook('onClose', () => folder.close())

  const viewOf = (request: FastifyRequest<{ Querystring: Type.Static<typeof AsOf> }>): TileView => ({
    scope: request.scope,
    asOf: dayAsked(request.query, app.config.timeZone),
  })

  const layers = [
    gridsLayer(app.db, app.versions),
    buildingsLayer(app.versions),
    baseLayer(app.db, app.versions, folder),
  ]
  for (const layer of layers) {
    app.get(
      `/${layer.name}.json`,
      {
        config: { action: 'map.read' },
        schema: {
          tags: ['tiles'],
          summary: `TileJSON of the layer ${layer.name}`,
          querystring: AsOf,
          response: { 200: TileJson, ...errors },
        },
      },
      async (request) => {
        const { asOf } = request.query
        const tiles = `${request.protocol}://${request.host}/tiles/${layer.name}/{z}/{x}/{y}.mvt`
        return tileJson(layer, { ...viewOf(request), db: request.db }, asOf ? `${tiles}?asOf=${asOf}` : tiles)
      },
    )

    app.get(
      `/${layer.name}/:z/:x/:y.mvt`,
      {
        compress: false,
        config: { action: 'map.read' },
        schema: {
          tags: ['tiles'],
          summary: `A vector tile (MVT 2.1) of the layer ${layer.name}; 204 where nothing is`,
          params: Place,
          querystring: AsOf,
          response: {
            200: { content: { [MEDIA_TYPE]: { schema: Type.Unsafe<Uint8Array>({}) } } },
            204: Type.Null(),
            304: Type.Null(),
            ...errors,
          },
        },
      },
      async (request, reply) => {
        const place = request.params
        const view = viewOf(request)
        await refuseOutside(layer, place)
        const key = JSON.stringify([layer.name, await layer.version(view), view.scope, place])
        const tile = await cache.get(key, () => layer.make(place, { ...view, db: request.db }))
        return sendTile(tile, request, reply)
      },
    )
  }
}

async function tileJson(layer: TileLayer, ask: TileAsk, tiles: string): Promise<TileJson> {
  const { minZoom, maxZoom, bounds, attributions, vectorLayers } = await layer.describe(ask)
  return {
    tilejson: '3.0.0',
    name: layer.name,
    scheme: 'xyz',
    tiles: [tiles],
    minzoom: minZoom,
    maxzoom: maxZoom,
    ...(bounds && { bounds }),
    ...(attributions.length && { attribution: attributions.join(' · ') }),
    vector_layers: vectorLayers,
  }
}

async function refuseOutside(layer: TileLayer, { z, x, y }: TilePlace): Promise<void> {
  const { minZoom, maxZoom } = await layer.zooms()
  if (z < minZoom || z > maxZoom) {
    throw badField(
      'z',
      `the layer ${layer.name} has tiles of zoom ${minZoom} to ${maxZoom}`,
      `Ask within these zooms; /tiles/${layer.name}.json states them.`,
    )
  }
  for (const [field, value] of [
    ['x', x],
    ['y', y],
  ] as const) {
    if (value < 2 ** z) continue
    throw badField(field, `zoom ${z} has tiles 0 to ${2 ** z - 1}`, 'Ask for a tile that exists.')
  }
}

async function sendTile(tile: ReadyTile, request: FastifyRequest, reply: FastifyReply) {
  const isGzipped = acceptsEncoding(request.headers['accept-encoding'], 'gzip')
  // A strong tag is one for these very bytes, so the compressed form has another than the plain one
  const tag = `"${tile.hash}${isGzipped ? '-gzip' : ''}"`
  reply.headers({ etag: tag, 'cache-control': 'private, no-cache', vary: 'accept-encoding' })
  if (knowsTag(request.headers['if-none-match'], tag)) return reply.code(304).send(null)
  if (tile.isEmpty) return reply.code(204).send(null)
  reply.type(MEDIA_TYPE)
  if (!isGzipped) return reply.send(await decompress(tile.gzipped))
  return reply.header('content-encoding', 'gzip').send(tile.gzipped)
}
