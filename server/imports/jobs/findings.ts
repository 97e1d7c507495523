import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import type { Findings } from '../../../domain/import-job.ts'

const MOST = 5000
/** Changes of cleaning that closed a gap or an overlap; the others only moved vertices. */
const CLOSED = ['sliver-closed', 'overlap-removed']

interface ReportLine {
  problem?: string
  change?: string
  grids: string
  lng: string
  lat: string
  area_m2: string
  width_m?: string
}

/**
 * Gaps and overlaps of an import of grids, from the reports it wrote: first what was left, then what cleaning
 * closed, each the largest first. `null` for a report that was not written: it has nothing to say.
 */
export async function readFindings(problems: string | null, changes: string | null): Promise<Findings> {
  const features: Findings['features'] = []
  for await (const line of linesOf(problems)) features.push(featureOf(line, line.problem!, false))
  const closed: Findings['features'] = []
  for await (const line of linesOf(changes)) {
    if (CLOSED.includes(line.change!)) closed.push(featureOf(line, line.change!, true))
  }
  features.push(...closed.sort((a, b) => b.properties.areaM2 - a.properties.areaM2))
  return {
    type: 'FeatureCollection',
    features: features.slice(0, MOST),
    leftOut: Math.max(0, features.length - MOST),
  }
}

async function* linesOf(path: string | null): AsyncGenerator<ReportLine> {
  if (path === null) return
  const file = createReadStream(path)
  const parser = file.pipe(parse({ bom: true, columns: true }))
  file.on('error', (error) => parser.destroy(error))
  yield* parser as AsyncIterable<ReportLine>
}

function featureOf(line: ReportLine, kind: string, closed: boolean): Findings['features'][number] {
  return {
    type: 'Feature',
    properties: {
      kind,
      closed,
      grids: line.grids.split(' ').filter(Boolean),
      areaM2: Number(line.area_m2 || 0),
      widthM: line.width_m ? Number(line.width_m) : null,
    },
    geometry: { type: 'Point', coordinates: [Number(line.lng), Number(line.lat)] },
  }
}
