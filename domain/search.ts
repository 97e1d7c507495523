import Type from 'typebox'
import { nullable } from './nullable.ts'

const SEARCH_KINDS = ['grid', 'area', 'place', 'building', 'incident'] as const

/** A screen lists as many of a kind; the server sends one more where there are more. */
export const HITS_PER_KIND = 8

/** One thing found, and where the map flies to show it. */
export const SearchHit = Type.Object({
  kind: Type.Enum(SEARCH_KINDS),
  /** grid or area code, building id, incident id */
  key: Type.String(),
  name: Type.String(),
  nameEn: nullable(Type.String()),
  /** what tells it from others of its name: code, address, category */
  detail: Type.String(),
  lng: Type.Number(),
  lat: Type.Number(),
  zoom: Type.Number(),
})
export type SearchHit = Type.Static<typeof SearchHit>
