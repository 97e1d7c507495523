import { type Shape, UNITS_PER_DEGREE } from './shape.ts'

const POINT = 1
const POLYGON = 3
const MULTI_POLYGON = 6
const HAS_SRID = 0x20000000
const SRID = 4326

/** Writes geometry as EWKB (little-endian, SRID 4326) into a buffer that grows; hexadecimal is what COPY takes. */
export class EwkbWriter {
  private bytes = Buffer.alloc(64 * 1024)
  private length = 0

  /** A point of snapped coordinates, as hexadecimal text. */
  point(x: number, y: number): string {
    this.length = 0
    this.header(POINT, true)
    this.coordinate(x)
    this.coordinate(y)
    return this.hex()
  }

  /** A MultiPolygon of one or more polygons, as hexadecimal text. */
  multiPolygon({ polygons }: Shape): string {
    this.length = 0
    this.header(MULTI_POLYGON, true)
    this.count(polygons.length)
    for (const rings of polygons) {
      this.header(POLYGON, false)
      this.count(rings.length)
      for (const ring of rings) {
        this.count(ring.length / 2)
        for (let i = 0; i < ring.length; i++) this.coordinate(ring[i]!)
      }
    }
    return this.hex()
  }

  private header(type: number, withSrid: boolean): void {
    this.room(9)
    this.bytes[this.length++] = 1
    this.length = this.bytes.writeUInt32LE(withSrid ? type + HAS_SRID : type, this.length)
    if (withSrid) this.length = this.bytes.writeUInt32LE(SRID, this.length)
  }

  private count(value: number): void {
    this.room(4)
    this.length = this.bytes.writeUInt32LE(value, this.length)
  }

  private coordinate(units: number): void {
    this.room(8)
    this.length = this.bytes.writeDoubleLE(units / UNITS_PER_DEGREE, this.length)
  }

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const larger = Buffer.alloc(this.bytes.length * 2)
    this.bytes.copy(larger)
    this.bytes = larger
  }

  private hex(): string {
    return this.bytes.toString('hex', 0, this.length)
  }
}
