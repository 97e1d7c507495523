import Type from 'typebox'

/** Levels of an area, from the widest down. */
export const AREA_LEVELS = ['district', 'street', 'community'] as const
export const AreaLevel = Type.Enum(AREA_LEVELS)
export type AreaLevel = (typeof AREA_LEVELS)[number]

export const AreaProperties = Type.Object({
  code: Type.String(),
  level: AreaLevel,
  name: Type.String(),
  nameEn: Type.Union([Type.String(), Type.Null()]),
  parentCode: Type.Union([Type.String(), Type.Null()]),
  gridCount: Type.Integer(),
  households: Type.Integer(),
  areaKm2: Type.Number(),
})
export type AreaProperties = Type.Static<typeof AreaProperties>
