import type { Language } from '../../../domain/district.ts'
import type { Level } from '../../../domain/incident.ts'
import { childrenOf, textOf, within, type XmlElement } from './read-xml.ts'

type Position = [lng: number, lat: number]

/** What a message says of where it holds. */
export interface CapArea {
  name: string
  polygons: Position[][]
  circles: { center: Position; radiusKm: number }[]
  geocodes: string[]
}

/** A CAP message that is meant. */
export interface CapMessage {
  /** sender,identifier,sent: as others refer to it */
  key: string
  /** milliseconds after 1970 */
  sent: number
  kind: 'Alert' | 'Update' | 'Cancel'
  /** keys of messages that it ends */
  references: string[]
  /** null: it has nothing to show, as a Cancel */
  info: CapInfo | null
}

export interface CapInfo {
  language: string
  title: string
  text: string
  level: Level
  /** milliseconds after 1970; null: not stated */
  expires: number | null
  area: CapArea
}

const LEVELS: Record<string, Level> = { Extreme: 1, Severe: 2, Moderate: 3, Minor: 4 }
const ORDINARY: Level = 3
/** Of a ring, each: borders of a country have more, which no wall needs. */
const MOST_POINTS = 5_000

/**
 * Null: it is a test, an exercise, a draft, an acknowledgement or an error: nothing that is meant for a wall.
 * @throws Error for one that lacks what it must have, or of whose place nothing can be read
 */
export function readCap(alert: XmlElement, language: Language): CapMessage | null {
  const [identifier, sender, sent] = ['identifier', 'sender', 'sent'].map((name) => needed(alert, name))
  const kind = needed(alert, 'msgType')
  const isMeant = kind === 'Alert' || kind === 'Update' || kind === 'Cancel'
  if (needed(alert, 'status') !== 'Actual' || !isMeant) return null
  const time = Date.parse(sent!)
  if (Number.isNaN(time)) throw new Error(`the message ${identifier} has no time that can be read: ${sent}`)
  const chosen = infoFor(childrenOf(alert, 'info'), language)
  return {
    key: `${sender},${identifier},${sent}`,
    sent: time,
    kind,
    references: (textOf(alert, 'references') ?? '').split(/\s+/).filter((one) => one !== ''),
    info: kind === 'Cancel' || !chosen ? null : readInfo(chosen, identifier!),
  }
}

function needed(element: XmlElement, name: string): string {
  const text = textOf(element, name)
  if (text) return text
  throw new Error(`a message has no ${name}`)
}

/** In the district's language where there is one, else the first one. A language left out is English. */
function infoFor(infos: readonly XmlElement[], language: Language): XmlElement | undefined {
  const wanted = language.slice(0, 2)
  return (
    infos.find((info) => (textOf(info, 'language') ?? 'en-US').toLowerCase().startsWith(wanted)) ?? infos[0]
  )
}

function readInfo(info: XmlElement, identifier: string): CapInfo {
  const event = needed(info, 'event')
  const expires = Date.parse(textOf(info, 'expires') ?? '')
  const headline = textOf(info, 'headline')
  const texts = [textOf(info, 'description'), textOf(info, 'instruction')]
  return {
    language: textOf(info, 'language') ?? 'en-US',
    title: (headline ?? event).slice(0, 200),
    text: texts
      .filter((text) => text !== null)
      .join('\n')
      .slice(0, 2000),
    level: LEVELS[textOf(info, 'severity') ?? ''] ?? ORDINARY,
    expires: Number.isNaN(expires) ? null : expires,
    area: readAreas(childrenOf(info, 'area'), identifier),
  }
}

/**
 * The areas of a message as one. What cannot be read of a shape is left out.
 * @throws Error where nothing can be read: it must not pass for a message about nowhere in particular
 */
function readAreas(areas: readonly XmlElement[], identifier: string): CapArea {
  const texts = (name: string) => areas.flatMap((area) => childrenOf(area, name).map(({ text }) => text))
  const shapes = { polygons: texts('polygon'), circles: texts('circle') }
  const area = {
    name: texts('areaDesc').join(', ').slice(0, 200),
    polygons: shapes.polygons.flatMap((text) => {
      const ring = text.split(/\s+/).map(readPosition)
      const isRing = ring.length >= 4 && ring.every((position) => position !== null)
      return isRing ? [thinned(ring as Position[])] : []
    }),
    circles: shapes.circles.flatMap((text) => {
      const [at = '', radius = ''] = text.split(/\s+/)
      const center = readPosition(at)
      const radiusKm = Number(radius)
      return center && radiusKm >= 0 && radiusKm <= 20_000 ? [{ center, radiusKm }] : []
    }),
    geocodes: areas.flatMap((area) =>
      childrenOf(area, 'geocode').flatMap((geocode) => textOf(geocode, 'value') ?? []),
    ),
  }
  const isStated = shapes.polygons.length + shapes.circles.length > 0
  if (isStated && area.polygons.length + area.circles.length + area.geocodes.length === 0)
    throw new Error(`the message ${identifier} has no shape that can be read`)
  return area
}

/** Every so many points of a ring, so that no more are left than the database takes quickly. */
function thinned(ring: readonly Position[]): Position[] {
  const step = Math.ceil(ring.length / MOST_POINTS)
  return ring.filter((_, n) => n % step === 0)
}

/** CAP writes latitude first. */
function readPosition(text: string): Position | null {
  const [lat, lng, ...rest] = text.split(',').map((part) => (part === '' ? Number.NaN : Number(part)))
  const isPosition = rest.length === 0 && Math.abs(lat!) <= 90 && Math.abs(lng!) <= 180
  return isPosition ? [lng!, lat!] : null
}

/** What a document of a source holds: messages, and addresses of others. */
export interface CapDocument {
  alerts: XmlElement[]
  links: string[]
}

/**
 * One message, or a feed (Atom) whose entries hold messages or link to them.
 * @throws Error for another document
 */
export function readDocument(root: XmlElement): CapDocument {
  if (root.name === 'alert') return { alerts: [root], links: [] }
  if (root.name !== 'feed')
    throw new Error(`the document is <${root.name}>, neither a CAP message nor an Atom feed`)
  const alerts: XmlElement[] = []
  const links: string[] = []
  for (const entry of childrenOf(root, 'entry')) {
    const own = within(entry, 'alert')
    if (own.length > 0) alerts.push(...own)
    else {
      const all = childrenOf(entry, 'link').filter(({ attributes: { href } }) => href)
      const link = all.find(({ attributes: { type } }) => type?.startsWith('application/cap+xml')) ?? all[0]
      if (link) links.push(link.attributes.href!)
    }
  }
  return { alerts, links }
}
