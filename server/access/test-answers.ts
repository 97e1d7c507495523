import type { OutgoingHttpHeaders } from 'node:http'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { decodeColumns } from '../../domain/columns/arrow.ts'
import { EventStreamReader } from '../../domain/live/event-stream.ts'
import type { LiveChanges } from '../../domain/live/live-event.ts'

/** What of an answer is looked at. */
export interface Sent {
  statusCode: number
  headers: OutgoingHttpHeaders
  body: string
  rawPayload: Buffer
}

/**
 * Everything that an answer tells, as text: the body, decoded where it is of bytes, and its headers. Without what
 * differs from one moment to the next.
 */
export function readable(answer: Sent): string {
  const { date, 'set-cookie': cookie, ...headers } = answer.headers
  const type = String(headers['content-type'] ?? '')
  if (type.includes('arrow')) {
    // Their version and time are those of the whole, the length is of bytes that hold them
    const { etag, 'content-length': length, ...steady } = headers
    return JSON.stringify([answer.statusCode, steady, columnsOf(answer.rawPayload)])
  }
  if (type.includes('event-stream')) {
    return JSON.stringify([answer.statusCode, headers, eventsOf(answer.body)])
  }
  const body = type.includes('mapbox-vector-tile') ? featuresOf(answer.rawPayload) : answer.body
  return JSON.stringify([answer.statusCode, headers]) + body
}

/** Which stream it is, its clock and its place are of the moment; of a table it matters that it is named. */
function eventsOf(stream: string) {
  return new EventStreamReader().read(stream).flatMap(({ name, data }): object[] => {
    if (name !== 'changes') return name === 'reload' ? [{ name }] : []
    const { cases, gone, topics } = JSON.parse(data) as LiveChanges
    return [{ cases: cases.sort((a, b) => a.id - b.id), gone: gone.sort(), topics: topics.sort() }]
  })
}

function featuresOf(tile: Uint8Array): string {
  const { layers } = new VectorTile(new PbfReader(tile))
  const features = Object.entries(layers).map(([name, layer]) => [
    name,
    Array.from({ length: layer.length }, (_, i) => {
      const { id, properties } = layer.feature(i)
      return { id, properties, geometry: layer.feature(i).loadGeometry() }
    }),
  ])
  // Also what no feature uses: keys and values stand in a layer of their own
  return JSON.stringify(features) + Buffer.from(tile).toString('latin1')
}

function columnsOf(stream: Uint8Array) {
  const { columns, gridAreas, latitude } = decodeColumns(stream)
  const { dictionaries, length } = columns
  const rows = Array.from({ length }, (_, row) => ({
    id: columns.id[row],
    grid: dictionaries.grids[columns.grid[row]!],
    department: dictionaries.departments[columns.department[row]!],
    at: [columns.lngE7[row], columns.latE7[row], columns.reportedAt[row]],
  }))
  return { rows, grids: dictionaries.grids, gridAreas, latitude }
}
