import gcoord from 'gcoord'
import proj4 from 'proj4'
import type { Position } from '../../domain/geometry.ts'
import { ImportRefused } from './import-refused.ts'

/** Turns a position of a file into longitude and latitude, degrees. */
export type ToLngLat = (x: number, y: number) => Position

/** WKT of an EPSG code that is not built in; null: there is none. */
export type LookUpCrs = (epsg: number) => Promise<string | null>

// Longitude and latitude on datums that agree with WGS 84 within about a metre
const GEOGRAPHIC = new Set([4326, 4979, 4490, 4480, 4258, 4269, 4612, 6668, 6667])

/**
 * How to read coordinates of the system called `name`: an EPSG code (`EPSG:4547`, `4547`, or the URN and URL
 * forms), `cgcs2000`, `wgs84`, `gcj02` or `bd09`. Longitude comes before latitude, x before y, whatever the
 * registry says of the axes.
 * @throws ImportRefused when the name is unknown, or the system cannot be converted well
 */
export async function readCrs(name: string, lookUp: LookUpCrs): Promise<ToLngLat> {
  const plain = name.trim().toLowerCase()
  if (plain === 'gcj02' || plain === 'gcj-02') return shifted('GCJ02')
  if (plain === 'bd09' || plain === 'bd-09') return shifted('BD09')
  if (['cgcs2000', 'wgs84', 'crs84'].includes(plain) || /crs:ogc:[\d.]*:crs84$/.test(plain)) return asItIs
  const epsg = Number(
    /^(?:epsg:)?(\d+)$|epsg:[\d.]*:(\d+)$|\/epsg\/\d+\/(\d+)$/.exec(plain)?.slice(1).find(Boolean),
  )
  if (!epsg) {
    throw new ImportRefused('crs-unknown.name', { name })
  }
  if (GEOGRAPHIC.has(epsg)) return asItIs
  refuseOldChineseDatums(epsg)
  const definition = builtIn(epsg) ?? (await lookUp(epsg))
  if (definition) return projected(definition)
  throw new ImportRefused('crs-unknown.code', { epsg })
}

const asItIs: ToLngLat = (x, y) => [x, y]

function shifted(system: 'GCJ02' | 'BD09'): ToLngLat {
  const from = gcoord[system]
  return (x, y) => gcoord.transform([x, y], from, gcoord.WGS84) as Position
}

function projected(definition: string): ToLngLat {
  const { forward } = proj4(definition, 'EPSG:4326')
  return (x, y) => (Number.isFinite(x) && Number.isFinite(y) ? (forward([x, y]) as Position) : [x, y])
}

/** Beijing 1954 and Xi'an 1980 differ from CGCS2000 by up to 100 m, and how is known only to the survey office. */
function refuseOldChineseDatums(epsg: number): void {
  const within = (from: number, to: number) => epsg >= from && epsg <= to
  const beijing54 = epsg === 4214 || within(2401, 2442) || within(21413, 21463)
  const xian80 = epsg === 4610 || within(2327, 2390)
  if (!beijing54 && !xian80) return
  throw new ImportRefused('crs-unknown.old-datum', { epsg, datum: beijing54 ? 'beijing-1954' : 'xian-1980' })
}

/** PROJ definitions by formula: Gauss-Krueger zones of CGCS2000, UTM and Web Mercator. */
function builtIn(epsg: number): string | null {
  const zone = (first: number, last: number) => (epsg >= first && epsg <= last ? epsg - first : null)
  const sixDegreeNumbered = zone(4491, 4501)
  if (sixDegreeNumbered !== null) return gaussKrueger(75 + sixDegreeNumbered * 6, 13 + sixDegreeNumbered)
  const sixDegree = zone(4502, 4512)
  if (sixDegree !== null) return gaussKrueger(75 + sixDegree * 6, 0)
  const threeDegreeNumbered = zone(4513, 4533)
  if (threeDegreeNumbered !== null)
    return gaussKrueger(75 + threeDegreeNumbered * 3, 25 + threeDegreeNumbered)
  const threeDegree = zone(4534, 4554)
  if (threeDegree !== null) return gaussKrueger(75 + threeDegree * 3, 0)
  const north = zone(32601, 32660)
  if (north !== null) return `+proj=utm +zone=${north + 1} +datum=WGS84 +units=m +no_defs`
  const south = zone(32701, 32760)
  if (south !== null) return `+proj=utm +zone=${south + 1} +south +datum=WGS84 +units=m +no_defs`
  if (epsg === 3857 || epsg === 900913) return 'EPSG:3857'
  return null
}

/** `zone` stands in front of the easting; 0: it does not. */
function gaussKrueger(meridian: number, zone: number): string {
  return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${zone * 1_000_000 + 500_000} +y_0=0 +ellps=GRS80 +units=m +no_defs`
}
