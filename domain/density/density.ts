import Type from 'typebox'

export const DENSITY_UNITS = ['grid', 'community', 'street', 'district', 'hexagon'] as const
export const DensityUnit = Type.Enum(DENSITY_UNITS)
export type DensityUnit = (typeof DENSITY_UNITS)[number]

export const DENSITY_MEASURES = ['count', 'perKm2', 'perHundredHouseholds'] as const
export const DensityMeasure = Type.Enum(DENSITY_MEASURES)
export type DensityMeasure = (typeof DENSITY_MEASURES)[number]

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
})
export type DensityAnswer = Type.Static<typeof DensityAnswer>
