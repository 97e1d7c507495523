import Type from 'typebox'
import { nullable } from '../nullable.ts'

/** Letters of the words at a mark. */
export const MARK_LETTERS = 100

const time = Type.String({ format: 'date-time' })
const lng = Type.Number({ minimum: -180, maximum: 180 })
const lat = Type.Number({ minimum: -85, maximum: 85 })

/** What somebody at a desk does to a wall. Each ends by itself, or by `resume`. */
export const SteeringCommand = Type.Union([
  /** to the scene after, or before, the one that stands; from there it goes on by itself */
  Type.Object({ kind: Type.Literal('next') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('previous') }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('pin'), scene: Type.String({ maxLength: 40 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('fly'), lng, lat, zoom: Type.Number({ minimum: 0, maximum: 22 }) },
    { additionalProperties: false },
  ),
  /** a mark at a place, with words */
  Type.Object(
    { kind: Type.Literal('point'), lng, lat, text: Type.String({ maxLength: MARK_LETTERS }) },
    { additionalProperties: false },
  ),
  /** everything as the wall has it by itself */
  Type.Object({ kind: Type.Literal('resume') }, { additionalProperties: false }),
])
export type SteeringCommand = Type.Static<typeof SteeringCommand>

/** How a wall is steered now. */
export const Steering = Type.Object({
  /** seconds by which the wall's own order of scenes was moved on */
  offsetSeconds: Type.Integer(),
  /** scene that stays; null: none */
  pinned: nullable(Type.String()),
  camera: nullable(Type.Object({ lng: Type.Number(), lat: Type.Number(), zoom: Type.Number() })),
  mark: nullable(Type.Object({ lng: Type.Number(), lat: Type.Number(), text: Type.String() })),
  /** pin, camera and mark hold until then */
  until: nullable(time),
  by: nullable(Type.String()),
})
export type Steering = Type.Static<typeof Steering>

/** As it is told to somebody. */
export const ToldSteering = Type.Object({
  ...Steering.properties,
  /** the role may, and no screen of the wall sees more than the areas that are the asker's */
  maySteer: Type.Boolean(),
})
export type ToldSteering = Type.Static<typeof ToldSteering>

export const UNSTEERED: Steering = {
  offsetSeconds: 0,
  pinned: null,
  camera: null,
  mark: null,
  until: null,
  by: null,
}

/** Only that one stays at one scene, for good. */
export const heldAt = (scene: string): Steering => ({
  ...UNSTEERED,
  pinned: scene,
  until: '9999-12-31T00:00:00Z',
})
