import Type from 'typebox'
import { IncidentFilter } from '../incident-filter.ts'
import { LARGEST_HEXAGON_M, SMALLEST_HEXAGON_M } from './hexagons.ts'

export const DENSITY_UNITS = ['grid', 'community', 'street', 'district', 'hexagon'] as const
export const DensityUnit = Type.Enum(DENSITY_UNITS)
export type DensityUnit = (typeof DENSITY_UNITS)[number]

export const DENSITY_MEASURES = ['count', 'perKm2', 'perHundredHouseholds'] as const
export const DensityMeasure = Type.Enum(DENSITY_MEASURES)
export type DensityMeasure = (typeof DENSITY_MEASURES)[number]

/** Which numbers: `/api/density`. */
export const DensityQuery = Type.Object({
  by: Type.Optional(DensityUnit),
  measure: Type.Optional(DensityMeasure),
  /** width of a hexagon across its flat sides, metres on the ground */
  hexSizeM: Type.Optional(Type.Number({ minimum: SMALLEST_HEXAGON_M, maximum: LARGEST_HEXAGON_M })),
  ...IncidentFilter.properties,
})

/** Case density of one place. `value` is null where the measure has no divisor (no households, no area). */
export const DensityRow = Type.Object({
  /** grid code, area code, or `q,r` of a hexagon */
  code: Type.String(),
  count: Type.Integer(),
  value: Type.Union([Type.Number(), Type.Null()]),
  /** centre of a hexagon, degrees */
  lng: Type.Optional(Type.Number()),
  lat: Type.Optional(Type.Number()),
})
export type DensityRow = Type.Static<typeof DensityRow>

export const DensityAnswer = Type.Object({
  by: DensityUnit,
  measure: DensityMeasure,
  /** all cases of the filter, also those outside all grids */
  total: Type.Integer(),
  outsideGrids: Type.Integer(),
  rows: Type.Array(DensityRow),
  /** the tiling that hexagons' codes count in (hexagons.ts) */
  hexagons: Type.Optional(Type.Object({ sizeM: Type.Number(), latitude: Type.Number() })),
})
export type DensityAnswer = Type.Static<typeof DensityAnswer>
