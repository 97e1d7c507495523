import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { ARROW_MEDIA_TYPE, encodeColumns } from '../../domain/columns/arrow.ts'
import type { Selection } from '../../domain/columns/filter.ts'
import { compileFilter } from '../../domain/columns/filter.ts'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { withOwnGrids } from '../../domain/columns/own-grids.ts'
import { gatherRows, sliceRows } from '../../domain/columns/rows.ts'
import { selectRows } from '../../domain/columns/select.ts'
import { IncidentFilter } from '../../domain/incident-filter.ts'
import { Problem } from '../../domain/problem.ts'
import type { CaseScope } from '../../domain/scope.ts'
import { acceptsEncoding, knowsTag } from '../negotiation.ts'
import type { ColumnStore } from './column-store.ts'

/** Walls that start together ask for the same columns: they are encoded and compressed once. */
const ANSWERS_KEPT = 2

const FAST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

type Encoding = 'br' | 'gzip' | 'identity'

const compressors: Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, FAST_BROTLI),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 1 }),
  identity: async (bytes) => bytes,
}

/** The columns of a span as an Arrow stream, for screens that filter in memory. */
export const columnRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const answers = new Map<string, Promise<Uint8Array>>()

  app.get(
    '/incidents.arrow',
    {
      config: { action: 'incident.read' },
      schema: {
        tags: ['incidents'],
        summary: 'The cases of a span as columns, an Arrow stream',
        querystring: Type.Pick(IncidentFilter, ['from', 'to', 'open']),
        response: {
          200: { content: { [ARROW_MEDIA_TYPE]: { schema: Type.Unsafe<Uint8Array>({}) } } },
          304: Type.Null(),
          '4xx': Problem,
          '5xx': Problem,
        },
      },
    },
    async ({ query, headers, caseScope }, reply) => {
      await app.columns.whenReady()
      const encoding = bestEncoding(headers['accept-encoding'])
      const { columns: store } = app
      let etag: string
      let body: Promise<Uint8Array>
      if (store.covers(query.from)) {
        const version = store.version
        // The place in the outbox moves on without the cases too: it is part of what is answered
        etag = strongTag([version, store.position, query.from, query.to, query.open, caseScope, encoding])
        if (knowsTag(headers['if-none-match'], etag)) return reply.code(304).header('etag', etag).send(null)
        body = remembered(etag, () =>
          compressors[encoding](encoded(store, store.select(query, caseScope), caseScope, version)),
        )
      } else {
        const { position } = store
        const span = await store.loadSpan(query.from, query.to, caseScope)
        const selection = compileFilter(query, span, store.contextOf(caseScope))
        const bytes = encoded(store, selection, caseScope, '-', position)
        etag = strongTag([createHash('sha1').update(bytes).digest('hex'), encoding])
        if (knowsTag(headers['if-none-match'], etag)) return reply.code(304).header('etag', etag).send(null)
        body = compressors[encoding](bytes)
      }
      reply.headers({ etag, vary: 'accept-encoding', 'cache-control': 'private, no-cache' })
      if (encoding !== 'identity') reply.header('content-encoding', encoding)
      return reply.type(ARROW_MEDIA_TYPE).send(await body)
    },
  )

  function remembered(key: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = answers.get(key)
    if (known) return known
    const made = make()
    made.catch(() => answers.delete(key))
    answers.set(key, made)
    for (const oldest of answers.keys()) {
      if (answers.size <= ANSWERS_KEPT) break
      answers.delete(oldest)
    }
    return made
  }
}

function encoded(
  store: ColumnStore,
  selection: Selection,
  { areas }: CaseScope,
  version: string,
  position = store.position,
): Uint8Array {
  const { asOf, latitude } = store
  const { areaOfGrid } = store.places
  const rows = rowsOf(selection)
  const columns = areas.includes('') ? rows : withOwnGrids(rows)
  const gridAreas = columns.dictionaries.grids.map((code) => areaOfGrid.get(code) ?? '')
  return encodeColumns(columns, { version, position, asOf: asOf.toISOString(), gridAreas, latitude })
}

function rowsOf(selection: Selection): IncidentColumns {
  const { columns, start, end, grid, facet } = selection
  return grid || facet ? gatherRows(columns, selectRows(selection)) : sliceRows(columns, start, end)
}

function bestEncoding(header: string | string[] | undefined): Encoding {
  return (['br', 'gzip'] as const).find((coding) => acceptsEncoding(header, coding)) ?? 'identity'
}

function strongTag(parts: readonly unknown[]): string {
  return `"${createHash('sha1').update(JSON.stringify(parts)).digest('base64url')}"`
}
