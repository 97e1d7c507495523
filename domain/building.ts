import Type from 'typebox'
import { MultiPolygonSchema } from './geometry.ts'
import { EstateType } from './grid.ts'
import { nullable } from './nullable.ts'

export const Building = Type.Object({
  id: Type.Integer(),
  externalId: Type.String(),
  name: nullable(Type.String()),
  address: nullable(Type.String()),
  floors: nullable(Type.Integer()),
  heightM: nullable(Type.Number()),
  households: nullable(Type.Integer()),
  residents: nullable(Type.Integer()),
  estateType: EstateType,
  gridCode: nullable(Type.String()),
  geometry: MultiPolygonSchema,
})
export type Building = Type.Static<typeof Building>
