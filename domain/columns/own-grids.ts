import type { IncidentColumns } from './incident-columns.ts'

/** The columns with a dictionary of grids that holds those of their own rows alone: others are not theirs to tell. */
export function withOwnGrids(columns: IncidentColumns): IncidentColumns {
  const grids = ['']
  const numbers = new Uint16Array(columns.dictionaries.grids.length)
  const grid = new Uint16Array(columns.length)
  for (let row = 0; row < columns.length; row++) {
    const old = columns.grid[row]!
    if (old !== 0 && numbers[old] === 0) {
      numbers[old] = grids.length
      grids.push(columns.dictionaries.grids[old]!)
    }
    grid[row] = numbers[old]!
  }
  return { ...columns, grid, dictionaries: { ...columns.dictionaries, grids } }
}
