import type { Bbox } from '../../domain/geometry.ts'
import type { Day } from '../../domain/local-day.ts'
import type { Database } from '../database/database.ts'
import type { TableVersions } from '../table-versions.ts'
import { CoverageOutlines } from './coverage-outlines.ts'
import { degreesOf, TileFrame } from './mvt/tile-frame.ts'
import { attributionsOf, outlinesInForce } from './queries.ts'
import { NOTHING, type TileLayer } from './tile-layer.ts'

const ZOOMS = { minZoom: 0, maxZoom: 16 }
/** Today's coverage, and two days that somebody compares it with. */
const COVERAGES_HELD = 3

interface HeldCoverage {
  version: string
  outlines: Promise<CoverageOutlines>
}

/** The grids in force on a day. */
export function gridsLayer(db: Database, versions: TableVersions): TileLayer {
  const held = new Map<Day, HeldCoverage>()

  function coverageOn(day: Day): Promise<CoverageOutlines> {
    const version = versions.of('grids')
    let coverage = held.get(day)
    if (coverage?.version !== version) {
      const outlines = outlinesInForce(db, day).then((grids) => new CoverageOutlines(grids))
      coverage = { version, outlines }
      outlines.catch(() => {
        if (held.get(day) === coverage) held.delete(day)
      })
    }
    held.delete(day)
    held.set(day, coverage!)
    for (const oldest of held.keys()) {
      if (held.size <= COVERAGES_HELD) break
      held.delete(oldest)
    }
    return coverage!.outlines
  }

  return {
    name: 'grids',
    async zooms() {
      return ZOOMS
    },
    async describe({ scope, asOf, db: seen }) {
      const extentM = (await coverageOn(asOf)).extentM(scope)
      return {
        ...ZOOMS,
        bounds: extentM && boundsOf(extentM),
        attributions: await attributionsOf(seen, 'grids'),
        vectorLayers: [{ id: 'grids', fields: { code: 'code', name: 'name', area: 'code of the area' } }],
      }
    },
    async version({ asOf }) {
      return `${versions.of('grids')}@${asOf}`
    },
    async make({ z, x, y }, { scope, asOf }) {
      const coverage = await coverageOn(asOf)
      const bytes = coverage.encode(new TileFrame(z, x, y), scope, z >= ZOOMS.maxZoom)
      return bytes.length ? { bytes, isGzipped: false } : NOTHING
    },
  }
}

function boundsOf([west, south, east, north]: readonly [number, number, number, number]): Bbox {
  return [...degreesOf(west, south), ...degreesOf(east, north)]
}
