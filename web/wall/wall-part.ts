/** Which part of the whole picture this machine shows. */
export interface WallPart {
  columns: number
  rows: number
  column: number
  row: number
}

export const WHOLE: WallPart = { columns: 1, rows: 1, column: 0, row: 0 }

/** `?part=COLUMN,ROW`, counted from 0; what lies outside of the split is the first part. */
export function partOf(text: string | null, split: { columns: number; rows: number } | undefined): WallPart {
  if (!split) return WHOLE
  const [, column, row] = /^(\d),(\d)$/.exec(text ?? '') ?? []
  const inside = (place: string | undefined, count: number) => {
    const number = Number(place ?? 0)
    return number < count ? number : 0
  }
  return { ...split, column: inside(column, split.columns), row: inside(row, split.rows) }
}
