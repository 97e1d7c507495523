import { isSteered, placeInRound, roundSeconds, sceneAt, scenesAt } from './scene-at.ts'
import { type Steering, type SteeringCommand, UNSTEERED } from './steering.ts'
import type { WallContent } from './wall.ts'

/** So long a pin, a camera and a mark hold: whoever forgets to take them back loses no wall. */
export const STEERED_MS = 10 * 60_000

/** At what a command is given: `now` in milliseconds after 1970, and by whom. */
export interface SteeringMoment {
  now: number
  timeZone: string
  by: string
}

/** How a wall is steered after a command. A pinned scene must be one of the wall's. */
export function steer(
  content: WallContent,
  steering: Steering,
  command: SteeringCommand,
  { now, timeZone, by }: SteeringMoment,
): Steering {
  const held = inForce(steering, now)
  const forAWhile = { until: new Date(now + STEERED_MS).toISOString(), by }
  switch (command.kind) {
    case 'resume':
      return { ...UNSTEERED, by }
    case 'pin':
      return { ...held, ...forAWhile, pinned: command.scene, camera: null }
    case 'fly':
      return { ...held, ...forAWhile, camera: { lng: command.lng, lat: command.lat, zoom: command.zoom } }
    case 'point':
      return { ...held, ...forAWhile, mark: { lng: command.lng, lat: command.lat, text: command.text } }
    case 'next':
    case 'previous': {
      const step = command.kind === 'next' ? 1 : -1
      const offsetSeconds = movedBy(content, held, step, now, timeZone)
      // A mark stays for as long as it was meant to
      return { ...held, offsetSeconds, pinned: null, camera: null, by }
    }
  }
}

/** What of a steering still holds at `now`. */
export function inForce(steering: Steering, now: number): Steering {
  if (isSteered(steering, now)) return steering
  return { ...UNSTEERED, offsetSeconds: steering.offsetSeconds, by: steering.by }
}

/** The offset at which the scene `step` places after the one that stands begins now. */
function movedBy(
  content: WallContent,
  steering: Steering,
  step: 1 | -1,
  now: number,
  timeZone: string,
): number {
  const scenes = scenesAt(content, now, timeZone)
  const standing = sceneAt(content, steering, now, timeZone)
  const place = standing.pinned
    ? scenes.findIndex(({ id }) => id === standing.scene.id)
    : placeInRound(scenes, steering, now).place
  // A pinned scene need not be in the round that goes on after it
  const from = place >= 0 ? place : step > 0 ? -1 : 0
  const target = (from + step + scenes.length) % scenes.length
  const round = roundSeconds(scenes)
  const before = roundSeconds(scenes.slice(0, target))
  const reached = Math.floor(now / 1000) % round
  return (((before - reached) % round) + round) % round
}
