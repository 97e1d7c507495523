import Type from 'typebox'
import { Contact, MaskedContact } from './contact.ts'
import { nullable } from './nullable.ts'

/** In the order of the loop; the last two leave it. */
export const STATUSES = [
  'reported',
  'filed',
  'dispatched',
  'handled',
  'verified',
  'closed',
  'suspended',
  'void',
] as const
export const Status = Type.Enum(STATUSES)
export type Status = (typeof STATUSES)[number]

/** The channels a case can come in by. */
export const INTAKES = ['patrol', 'video', 'public', 'superior'] as const
export const Intake = Type.Enum(INTAKES)
export type Intake = (typeof INTAKES)[number]

/** 1 critical, 2 major, 3 ordinary, 4 minor. */
export const LEVELS = [1, 2, 3, 4] as const
export type Level = (typeof LEVELS)[number]
// An integer, not a list of values: only a typed schema turns the text of an address into a number
export const Level = Type.Unsafe<Level>(Type.Integer({ minimum: 1, maximum: 4 }))

const time = Type.String({ format: 'date-time' })

export const Incident = Type.Object({
  id: Type.Integer(),
  number: Type.String(),
  categoryCode: Type.String(),
  level: Level,
  intake: Intake,
  title: nullable(Type.String()),
  description: nullable(Type.String()),
  address: nullable(Type.String()),
  departmentCode: nullable(Type.String()),
  lng: Type.Number(),
  lat: Type.Number(),
  gridAtReport: nullable(Type.String()),
  gridNow: nullable(Type.String()),
  status: Status,
  reportedAt: time,
  dueAt: nullable(time),
  closedAt: nullable(time),
  /** of one case, for whom may see it; null: nobody stated any, or it is purged */
  contact: Type.Optional(nullable(MaskedContact)),
})
export type Incident = Type.Static<typeof Incident>

/** What somebody states who reports a case. */
export const NewIncident = Type.Object(
  {
    categoryCode: Type.String({ minLength: 1, maxLength: 200 }),
    level: Type.Optional(Level),
    intake: Type.Optional(Intake),
    title: Type.Optional(Type.String({ maxLength: 200 })),
    description: Type.Optional(Type.String({ maxLength: 4000 })),
    address: Type.Optional(Type.String({ maxLength: 400 })),
    lng: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    reportedAt: Type.Optional(time),
    dueAt: Type.Optional(time),
    /** whom to call about it */
    contact: Type.Optional(Contact),
  },
  { additionalProperties: false },
)
export type NewIncident = Type.Static<typeof NewIncident>

export const Transition = Type.Object({
  at: time,
  actor: Type.String(),
  fromStatus: nullable(Status),
  toStatus: Status,
  dueAt: nullable(time),
  reason: nullable(Type.String()),
})
export type Transition = Type.Static<typeof Transition>

export const Category = Type.Object({
  code: Type.String(),
  parentCode: nullable(Type.String()),
  name: Type.String(),
  nameEn: nullable(Type.String()),
  kind: Type.Union([Type.Literal('component'), Type.Literal('event')]),
})
export type Category = Type.Static<typeof Category>

export const Department = Type.Object({
  code: Type.String(),
  name: Type.String(),
  nameEn: nullable(Type.String()),
})
export type Department = Type.Static<typeof Department>
