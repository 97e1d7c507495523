import { guessColumns, IMPORT_FIELDS, IMPORT_KINDS, type ImportKind } from './import-fields.ts'

/** What a file shows of itself. */
export interface FileSigns {
  /** file names */
  names: readonly string[]
  columns: readonly string[]
  /** GeoJSON types of its shapes; none: a table without places */
  geometries: readonly string[]
  rows: number
}

/** Words of file names, lower case, that tell a kind. */
const NAME_WORDS: Record<ImportKind, RegExp> = {
  areas: /area|ward|district|street|communit|neighbou?rhood|区划|行政区|街道|社区/,
  grids: /grid|precinct|chome|cell|网格/,
  buildings: /building|footprint|house|楼|建筑|房屋/,
  incidents: /incident|case|event|accident|311|complaint|案件|事件|上报/,
  categories: /categor|类别|分类|大小类/,
  indicators: /indicator|kpi|visit|指标|考核|走访/,
  places: /place|station|office|shelter|hydrant|poi|facilit|场所|设施|站点|驿站|消防栓|避难/,
}

type Shape = 'polygon' | 'point' | 'none'

/** The shapes a kind may have. */
const SHAPES: Record<ImportKind, readonly Shape[]> = {
  areas: ['polygon', 'none'],
  grids: ['polygon'],
  buildings: ['polygon'],
  incidents: ['point'],
  categories: ['none'],
  indicators: ['none'],
  places: ['point'],
}

// More than a large city has
const MOST_GRIDS = 50_000

/** What a file most likely holds: by its shapes, its name and its columns; null: nothing speaks for any kind. */
export function guessKind(signs: FileSigns): ImportKind | null {
  const shape = shapeOf(signs.geometries)
  const scored = IMPORT_KINDS.filter((kind) => SHAPES[kind].includes(shape))
    .filter((kind) => kind !== 'grids' || signs.rows <= MOST_GRIDS)
    .map((kind) => ({ kind, score: scoreOf(kind, signs, shape) }))
    .sort((a, b) => b.score - a.score)
  const [best, next] = scored
  if (!best || best.score === 0 || best.score === next?.score) return null
  return best.kind
}

function shapeOf(geometries: readonly string[]): Shape {
  if (geometries.some((type) => type.endsWith('Polygon'))) return 'polygon'
  return geometries.includes('Point') ? 'point' : 'none'
}

function scoreOf(kind: ImportKind, { names, columns }: FileSigns, shape: Shape): number {
  const fields: Record<string, { required: boolean }> = IMPORT_FIELDS[kind]
  const found = Object.keys(guessColumns(kind, columns))
  const required = Object.keys(fields).filter((field) => fields[field]!.required)
  const complete = required.every((field) => found.includes(field))
  const named = names.some((name) => NAME_WORDS[kind].test(name.toLowerCase()))
  // Of points, cases are the usual ones
  const usual = shape === 'point' && kind === 'incidents'
  return (named ? 10 : 0) + (complete ? 3 + found.length / 2 : 0) + (usual ? 5 : 0)
}
