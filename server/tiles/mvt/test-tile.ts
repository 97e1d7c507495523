import { PbfReader } from 'pbf'
import { doubleArea, ringContains, ringsCross } from './ring.ts'

/** What a tile holds as a reader that trusts nothing sees it. */
export interface CheckedFeature {
  layer: string
  id: number | null
  type: number
  /** points, lines, or rings without their closing vertex: x0, y0, x1, y1 ... */
  parts: number[][]
}

const COMMAND_SIZES: Record<number, number> = { 1: 2, 2: 2, 7: 0 }

/**
 * Reads a tile by MVT 2.1, rule by rule.
 * @throws Error naming the first rule that is broken
 */
export function checkTile(tile: Uint8Array, extent = 4096, buffer = 64): CheckedFeature[] {
  const features: CheckedFeature[] = []
  const names = new Set<string>()
  for (const { field, read } of fieldsOf(tile)) {
    rule(field === 3, 'a tile holds layers (4.1)')
    features.push(...checkLayer(read.bytes(), names, extent, buffer))
  }
  return features
}

function rule(holds: boolean, name: string): asserts holds {
  if (!holds) throw new Error(`Not MVT 2.1: ${name}`)
}

interface Field {
  field: number
  read: { varint(): number; text(): string; bytes(): Uint8Array; varints(): number[] }
}

/** The fields of a message, in their order. */
function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = []
  new PbfReader(message).readFields((field, _, reader) => {
    const { pos, type } = reader
    const typed = (wanted: number) => {
      rule(type === wanted, `wire type of field ${field}`)
      const content = new PbfReader(message)
      content.pos = pos
      content.type = type
      return content
    }
    fields.push({
      field,
      read: {
        varint: () => typed(0).readVarint(),
        text: () => typed(2).readString(),
        bytes: () => typed(2).readBytes(),
        varints: () => typed(2).readPackedVarint([]),
      },
    })
  }, null)
  return fields
}

function checkLayer(bytes: Uint8Array, names: Set<string>, extent: number, buffer: number): CheckedFeature[] {
  const features: Uint8Array[] = []
  const keys: string[] = []
  let values = 0
  let name = ''
  let version = 0
  let statedExtent = 4096
  for (const { field, read } of fieldsOf(bytes)) {
    if (field === 15) version = read.varint()
    else if (field === 1) name = read.text()
    else if (field === 2) features.push(read.bytes())
    else if (field === 3) keys.push(read.text())
    else if (field === 4) {
      const types = fieldsOf(read.bytes()).map((value) => value.field)
      rule(types.length === 1 && types[0]! >= 1 && types[0]! <= 7, 'a value is of one type (4.4)')
      values++
    } else if (field === 5) statedExtent = read.varint()
    else rule(false, `field ${field} of a layer`)
  }
  rule(version === 2, 'version 2 (4.1)')
  rule(name !== '' && !names.has(name), 'layers have different names (4.1)')
  rule(statedExtent === extent, 'extent (4.1)')
  rule(new Set(keys).size === keys.length, 'a key stands once (4.1)')
  rule(features.length > 0, 'a layer has a feature (4.1)')
  names.add(name)
  const ids = new Set<number>()
  return features.map((feature) => {
    const checked = checkFeature(feature, name, keys.length, values, -buffer, extent + buffer)
    rule(checked.id === null || !ids.has(checked.id), 'an id stands once in a layer (4.2)')
    if (checked.id !== null) ids.add(checked.id)
    return checked
  })
}

function checkFeature(
  bytes: Uint8Array,
  layer: string,
  keyCount: number,
  valueCount: number,
  low: number,
  high: number,
): CheckedFeature {
  const tags: number[] = []
  const geometry: number[] = []
  let id: number | null = null
  let type = 0
  for (const { field, read } of fieldsOf(bytes)) {
    if (field === 1) id = read.varint()
    else if (field === 2) tags.push(...read.varints())
    else if (field === 3) type = read.varint()
    else if (field === 4) geometry.push(...read.varints())
    else rule(false, `field ${field} of a feature`)
  }
  rule(tags.length % 2 === 0, 'tags come in pairs (4.4)')
  for (let i = 0; i < tags.length; i += 2) {
    rule(tags[i]! < keyCount && tags[i + 1]! < valueCount, 'tags point into the tables (4.4)')
  }
  const parts = readCommands(geometry, type)
  rule(parts.length > 0, 'a feature has a geometry (4.2)')
  for (const coordinate of parts.flat()) {
    rule(Number.isInteger(coordinate) && coordinate >= low && coordinate <= high, 'clipped to the buffer')
  }
  if (type === 3) checkPolygons(parts)
  return { layer, id, type, parts }
}

function readCommands(geometry: readonly number[], type: number): number[][] {
  rule(type >= 1 && type <= 3, 'the type is known (4.3.4)')
  const parts: number[][] = []
  let at = 0
  let x = 0
  let y = 0
  let isOpen = false
  while (at < geometry.length) {
    const command = geometry[at]! & 7
    const count = geometry[at]! >> 3
    at++
    const size = COMMAND_SIZES[command]
    rule(size !== undefined && count > 0, 'a command is known and happens at least once (4.3.1)')
    rule(command !== 7 || (count === 1 && type === 3 && isOpen), 'ClosePath ends a ring (4.3.3.3)')
    rule(command !== 1 || type === 1 || (count === 1 && !isOpen), 'MoveTo starts a part (4.3.4)')
    rule(command !== 2 || (type !== 1 && parts.length > 0 && !isOpen), 'LineTo continues a part (4.3.4)')
    if (command === 1 && type !== 1) parts.push([])
    if (command === 1 && type === 1) parts.push([])
    for (let i = 0; i < count * (size / 2); i++, at += 2) {
      const dx = zigzag(geometry[at]!)
      const dy = zigzag(geometry[at + 1]!)
      rule(command !== 2 || dx !== 0 || dy !== 0, 'LineTo has a length (4.3.3.2)')
      x += dx
      y += dy
      parts.at(-1)!.push(x, y)
    }
    if (command === 2) {
      rule(type !== 3 || count > 1, 'a ring has two LineTo or more (4.3.4.4)')
      isOpen = type === 3
    }
    if (command === 7) {
      const ring = parts.at(-1)!
      rule(ring[0] !== x || ring[1] !== y, 'ClosePath has a length (4.3.4.4)')
      isOpen = false
    }
  }
  rule(!isOpen, 'a ring is closed (4.3.4.4)')
  rule(type !== 2 || parts.every((part) => part.length >= 4), 'a line has two vertices or more (4.3.4.3)')
  return parts
}

function checkPolygons(rings: readonly number[][]): void {
  let outer: Float64Array | null = null
  let holes: Float64Array[] = []
  for (const coordinates of rings) {
    const ring = Float64Array.from(coordinates)
    const area = doubleArea(ring, 0, ring.length / 2)
    rule(area !== 0, 'a ring has an area (4.3.4.4)')
    if (area > 0) {
      outer = ring
      holes = []
      continue
    }
    rule(outer !== null, 'the first ring is an outer one (4.3.4.4)')
    rule(isEnclosed(ring, outer), 'a hole lies in its outer ring (4.3.4.4)')
    rule(!holes.some((hole) => cross(hole, ring)), 'holes do not cross (4.3.4.4)')
    holes.push(ring)
  }
}

function isEnclosed(hole: Float64Array, outer: Float64Array): boolean {
  if (cross(hole, outer)) return false
  for (let at = 0; at < hole.length; at += 2) {
    if (ringContains(outer, 0, outer.length / 2, hole[at]!, hole[at + 1]!)) return true
  }
  return false
}

function cross(a: Float64Array, b: Float64Array): boolean {
  const both = Float64Array.of(...a, ...b)
  return ringsCross(both, 0, a.length / 2, a.length / 2, both.length / 2)
}

function zigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1)
}
