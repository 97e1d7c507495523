import type { Bbox } from '../../domain/geometry.ts'
import type { Day } from '../../domain/local-day.ts'
import type { Database } from '../database/database.ts'
import type { TableVersions } from '../table-versions.ts'
import { CoverageOutlines } from './coverage-outlines.ts'
import { degreesOf, TileFrame } from './mvt/tile-frame.ts'
import { attributionsOf, daysOfChange, outlinesInForce } from './queries.ts'
import { NOTHING, type TileLayer } from './tile-layer.ts'

const ZOOMS = { minZoom: 0, maxZoom: 16 }
/** Today's coverage, and two that somebody compares it with. */
const COVERAGES_HELD = 3

/** Nothing is in force on it. */
const BEFORE_ALL = '0001-01-01'

interface HeldCoverage {
  version: string
  outlines: Promise<CoverageOutlines>
}

/** The grids in force on a day. */
export function gridsLayer(db: Database, versions: TableVersions): TileLayer {
  /** by the day since which they are in force: all days until the next change have one coverage */
  const held = new Map<Day, HeldCoverage>()
  let changes: { version: string; days: Promise<Day[]> } | null = null
  /** they are large: one after another, however many days somebody asks for */
  let making: Promise<unknown> = Promise.resolve()

  async function inForceSince(day: Day, version: string): Promise<Day> {
    if (changes?.version !== version) {
      const asked = { version, days: daysOfChange(db) }
      changes = asked
      asked.days.catch(() => {
        if (changes === asked) changes = null
      })
    }
    return (await changes.days).findLast((change) => change <= day) ?? BEFORE_ALL
  }

  async function coverageOn(day: Day): Promise<CoverageOutlines> {
    const version = versions.of('grids')
    const since = await inForceSince(day, version)
    let coverage = held.get(since)
    if (coverage?.version !== version) {
      const outlines = making
        .then(() => outlinesInForce(db, since))
        .then((grids) => new CoverageOutlines(grids))
      coverage = { version, outlines }
      making = outlines.catch(() => {
        if (held.get(since) === coverage) held.delete(since)
      })
    }
    held.delete(since)
    held.set(since, coverage!)
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
      const version = versions.of('grids')
      return `${version}@${await inForceSince(asOf, version)}`
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
