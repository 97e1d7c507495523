import { guessColumns, type ImportKind } from '../../domain/import-fields.ts'
import type { Inspection } from '../../domain/import-job.ts'
import { DEFAULT_SETTINGS, type ImportOption, type ImportSettings } from '../../domain/import-options.ts'

/** Options that can matter to rows of a kind, in the order in which a form lists them. */
export const OPTIONS_OF_KIND: Record<ImportKind, readonly ImportOption[]> = {
  areas: ['crs', 'swapAxes', 'areaLevel', 'codePrefix', 'codeDigits', 'strict', 'values', 'attribution'],
  grids: [
    ...(['crs', 'swapAxes', 'toleranceM', 'needsRepair', 'validFrom'] as const),
    ...(['codePrefix', 'codeDigits', 'areaLength', 'areaLevel', 'strict', 'values', 'attribution'] as const),
  ],
  buildings: ['crs', 'swapAxes', 'strict', 'values', 'attribution'],
  incidents: ['crs', 'swapAxes', 'timeZone', 'dateFormat', 'closed', 'strict', 'values', 'attribution'],
  categories: ['strict', 'values', 'attribution'],
  indicators: ['codePrefix', 'codeDigits', 'strict', 'values', 'attribution'],
  places: ['crs', 'swapAxes', 'strict', 'values', 'attribution'],
}

/** What an upload is first imported with: as files with the same columns were before, else as columns are called. */
export function firstSettings(kind: ImportKind | null, inspection: Inspection): ImportSettings {
  const remembered = (kind && inspection.remembered[kind]) ?? {}
  return { ...DEFAULT_SETTINGS, ...remembered }
}

/** The column of every field: as stated, and for the rest by name; '' is a field that is to stay empty. */
export function columnOfField(
  kind: ImportKind,
  columns: readonly string[],
  map: Readonly<Record<string, string>>,
): Record<string, string> {
  return guessColumns(kind, columns, map as Parameters<typeof guessColumns>[2]) as Record<string, string>
}

/** What was stated, without what is as it would be anyway. */
export function statedSettings(kind: ImportKind, settings: ImportSettings): Partial<ImportSettings> {
  const stated = Object.entries(settings).filter(([name, value]) => {
    const option = name as ImportOption
    const matters = option === 'map' || option === 'layer' || OPTIONS_OF_KIND[kind].includes(option)
    return matters && JSON.stringify(value) !== JSON.stringify(DEFAULT_SETTINGS[option])
  })
  return Object.fromEntries(stated)
}

/** What changes where the rows of a file lie, so that it must be looked at again. */
export const placeSettings = ({ crs, swapAxes, layer, map }: ImportSettings): Partial<ImportSettings> => {
  const { lng, lat, wkt } = map
  const places = { ...(lng && { lng }), ...(lat && { lat }), ...(wkt && { wkt }) }
  return { crs, swapAxes, layer, map: places }
}
