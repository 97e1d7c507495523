/** What a file may ask of this machine before it is refused. */
export interface ReadLimits {
  /** bytes of one feature or CSV record */
  recordBytes: number
  /** unpacked bytes of one file */
  unpackedBytes: number
  /** unpacked bytes for one packed byte, held against everything past `ratioFreeBytes` */
  ratio: number
  ratioFreeBytes: number
  zipEntries: number
}

const MEBIBYTE = 1024 * 1024

// GeoJSON packs to a twelfth, a table of one repeated value to about a hundredth; a bomb to a thousandth
export const READ_LIMITS: ReadLimits = {
  recordBytes: 64 * MEBIBYTE,
  unpackedBytes: 32 * 1024 * MEBIBYTE,
  ratio: 250,
  ratioFreeBytes: 64 * MEBIBYTE,
  zipEntries: 1000,
}
