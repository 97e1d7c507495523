import type { Lot, Site } from './site.ts'
import type { Point } from './warp.ts'

/** A site seen along its rows: `p` runs along them, `q` across to the left, both from the middle of the site. */
export class RowFrame {
  readonly ux: number
  readonly uy: number
  readonly p: [least: number, most: number]
  readonly q: [least: number, most: number]

  constructor(
    private readonly site: Site,
    angle: number,
  ) {
    this.ux = Math.cos(angle)
    this.uy = Math.sin(angle)
    const [x0, y0] = site.middle
    const ps = site.ring.map(([x, y]) => (x - x0) * this.ux + (y - y0) * this.uy)
    const qs = site.ring.map(([x, y]) => (y - y0) * this.ux - (x - x0) * this.uy)
    this.p = [Math.min(...ps), Math.max(...ps)]
    this.q = [Math.min(...qs), Math.max(...qs)]
  }

  toPoint(p: number, q: number): Point {
    const [x0, y0] = this.site.middle
    return [x0 + p * this.ux - q * this.uy, y0 + p * this.uy + q * this.ux]
  }

  box(p: number, q: number, halfLength: number, halfDepth: number) {
    const [x, y] = this.toPoint(p, q)
    return { x, y, ux: this.ux, uy: this.uy, halfLength, halfDepth }
  }

  /** Stretches of a row where something of this depth fits, so far from what stands. */
  openStretches(q: number, depthM: number, gapM: number): [from: number, to: number][] {
    const stretches: [number, number][] = []
    let from: number | null = null
    for (let p = this.p[0]; p <= this.p[1] + PROBE_M; p += PROBE_M) {
      const isOpen = p <= this.p[1] && this.site.fits(this.box(p, q, PROBE_M / 2, depthM / 2), gapM)
      if (isOpen) from ??= p - PROBE_M / 2
      else if (from !== null) {
        stretches.push([from, p - PROBE_M / 2])
        from = null
      }
    }
    return stretches
  }
}

const PROBE_M = 3
/** Rows of any kind come as near as this to shops along the street. */
const MOST_ASIDE_M = 9

export interface RowStyle {
  depthM: number
  /** from the middle of a row to that of the next */
  pitchM: number
  lengthM: { least: number; wanted: number; most: number }
  /** between buildings of a row */
  gapM: number
  /** to what stands already; by default the gap or less */
  asideM?: number
  /** of every stretch */
  lot: (row: number) => Pick<Lot, 'shape' | 'use' | 'floors'>
}

/** Rows of buildings side by side, evenly spread over each open stretch; answers the rows' places. */
export function buildRows(site: Site, frame: RowFrame, style: RowStyle): number[] {
  const { depthM, pitchM, lengthM, gapM, asideM = Math.min(gapM, MOST_ASIDE_M) } = style
  const rows: number[] = []
  for (let q = frame.q[0] + depthM / 2; q < frame.q[1]; ) {
    const stretches = frame
      .openStretches(q, depthM, asideM)
      .filter(([from, to]) => to - from >= lengthM.least)
    const before = site.lots.length
    for (const [from, to] of stretches)
      fillStretch(site, frame, { ...style, asideM }, q, from, to, rows.length)
    if (site.lots.length > before) {
      rows.push(q)
      q += pitchM
    } else q += 3
  }
  return rows
}

function fillStretch(
  site: Site,
  frame: RowFrame,
  { depthM, lengthM, gapM, asideM, lot }: Required<RowStyle>,
  q: number,
  from: number,
  to: number,
  row: number,
): void {
  const room = to - from
  const count = Math.max(1, Math.floor((room + gapM) / (lengthM.wanted * 0.85 + gapM)))
  const length = Math.min((room - (count - 1) * gapM) / count, lengthM.most)
  const gap = count > 1 ? (room - count * length) / (count - 1) : 0
  for (let i = 0; i < count; i++) {
    const p = count > 1 ? from + length / 2 + i * (length + gap) : from + room / 2
    // a slanting border may take a corner that the probes did not see
    for (const shrink of [0, 2, 5]) {
      const box = frame.box(p, q, length / 2 - shrink, depthM / 2)
      if (2 * box.halfLength < lengthM.least) break
      if (site.place({ ...box, ...lot(row), name: null, door: null }, asideM * 0.9)) break
    }
  }
}
