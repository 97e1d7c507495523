import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { AuditFilter, type AuditItem, AuditPage, AuditQuery } from '../../domain/audit.ts'
import { Problem } from '../../domain/problem.ts'
import { askerOf } from '../access/audited.ts'
import { BYTE_ORDER_MARK, csvLine } from '../csv-cell.ts'
import type { Queryable } from '../database/database.ts'
import { badField } from '../errors.ts'
import { type AuditPosition, listAudit } from './queries.ts'
import { recordAudit } from './record.ts'

const USUAL_LIMIT = 100
const EXPORT_PAGE_ROWS = 2000
const COLUMNS = [
  'day',
  'seq',
  'at',
  'actorKind',
  'actorName',
  'actorRole',
  'address',
  'action',
  'subject',
  'outcome',
  'before',
  'after',
  'hash',
] as const satisfies (keyof AuditItem)[]

/** Who did what, for administrators. */
export const auditRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app
  const tags = ['audit']
  const errors = { '4xx': Problem, '5xx': Problem }

  app.get(
    '/audit',
    {
      config: { action: 'audit.read' },
      schema: {
        tags,
        summary: 'What was done and what was refused, the newest first, page by page',
        querystring: AuditQuery,
        response: { 200: AuditPage, ...errors },
      },
    },
    async ({ query: { cursor, limit = USUAL_LIMIT, ...filter } }) => {
      const after = cursor === undefined ? null : readPosition(cursor)
      const items = await listAudit(db, filter, after, limit + 1)
      const page = items.slice(0, limit)
      return { items: page, next: items.length > limit ? writePosition(page.at(-1)!) : null }
    },
  )

  app.get(
    '/audit.csv',
    {
      config: { action: 'audit.export' },
      schema: {
        tags,
        summary: 'The same as a table for spreadsheets; that it was taken is written down too',
        querystring: AuditFilter,
        produces: ['text/csv'],
        response: { 200: Type.Unsafe<Readable>({ type: 'string' }), ...errors },
      },
    },
    async (request, reply) => {
      const filter = request.query
      await db.transaction((tx) =>
        recordAudit(tx, {
          ...askerOf(request),
          action: 'audit.export',
          subject: 'audit',
          outcome: 'done',
          after: filter,
        }),
      )
      const day = new Date().toISOString().slice(0, 10)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="audit-${day}.csv"`)
        .send(Readable.from(tableOf(db, filter)))
    },
  )
}

async function* tableOf(db: Queryable, filter: AuditFilter): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS)
  for (let last: AuditPosition | null = null; ; ) {
    const rows: AuditItem[] = await listAudit(db, filter, last, EXPORT_PAGE_ROWS)
    if (rows.length > 0) yield rows.map(lineOf).join('')
    if (rows.length < EXPORT_PAGE_ROWS) return
    last = rows.at(-1)!
  }
}

function lineOf(item: AuditItem): string {
  return csvLine(
    COLUMNS.map((column) => {
      const value = item[column]
      if (value === null || value === undefined) return ''
      return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
    }),
  )
}

const writePosition = ({ day, seq }: AuditPosition) => `${day}.${seq}`

function readPosition(cursor: string): AuditPosition {
  const [day = '', seq] = cursor.split('.')
  const isDay = !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day)
  const position = { day, seq: Number(seq) }
  if (isDay && position.seq < 2 ** 31) return position
  throw badField('cursor', 'is none of this list', 'Send `next` of the page before, or leave it out.')
}
