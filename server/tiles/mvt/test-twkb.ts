import type { ByteBuffer } from './byte-buffer.ts'

/** Rings or lines of x, y in metres. */
export type Parts = readonly (readonly (readonly [x: number, y: number])[])[]

const TYPES = { points: 4, lines: 5, polygons: 6 } as const

/** A multi-geometry as TWKB with `decimals` of a metre; rings come closed, each polygon a list of them. */
export function writeTwkb(
  kind: keyof typeof TYPES,
  members: readonly Parts[],
  decimals: number,
  into: ByteBuffer,
): void {
  into.varint(TYPES[kind] + 16 * zigzag(decimals))
  into.varint(0)
  let lastX = 0
  let lastY = 0
  const vertices = (part: Parts[number]) => {
    for (const [x, y] of part) {
      const stepX = Math.round(x * 10 ** decimals)
      const stepY = Math.round(y * 10 ** decimals)
      into.varint(zigzag(stepX - lastX))
      into.varint(zigzag(stepY - lastY))
      lastX = stepX
      lastY = stepY
    }
  }
  into.varint(members.length)
  for (const parts of members) {
    if (kind === 'polygons') into.varint(parts.length)
    for (const part of parts) {
      if (kind !== 'points') into.varint(part.length)
      vertices(part)
    }
  }
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}
