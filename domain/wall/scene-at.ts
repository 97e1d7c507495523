import type { Scene } from './scene.ts'
import type { Steering } from './steering.ts'
import type { WallContent } from './wall.ts'
import { holds } from './when.ts'

/** What a wall shows at a moment. Times: milliseconds after 1970 by the server's clock. */
export interface SceneMoment {
  scene: Scene
  /** it stands since then; of a pinned scene the begin of its present round */
  beganAt: number
  /** another begins, or this one anew */
  endsAt: number
  pinned: boolean
}

type Programmed = Pick<WallContent, 'scenes' | 'programmes'>

const MINUTE = 60_000

/**
 * Which scene stands at `now`. It follows from the content, the steering and the server's clock alone, so that
 * machines side by side agree and one that starts again comes back in the middle. Scenes go round from 1970 on; a
 * programme that begins or ends cuts the scene that stands.
 */
export function sceneAt(content: Programmed, steering: Steering, now: number, timeZone: string): SceneMoment {
  return pinnedAt(content, steering, now) ?? programmedAt(content, steering, now, timeZone)
}

/** The scenes that go round at `now`, in their order: never none. */
export function scenesAt(content: Programmed, now: number, timeZone: string): Scene[] {
  return scenesOf(content, programmeAt(content, now, timeZone))
}

/**
 * Which of the scenes that go round stands where nothing is pinned, by its place among them: a programme may name one
 * more than once.
 * @returns `passedMs`: since it began, were the round never cut
 */
export function placeInRound(
  scenes: readonly Scene[],
  { offsetSeconds }: Steering,
  now: number,
): { place: number; passedMs: number } {
  const round = roundSeconds(scenes) * 1000
  const moved = now + offsetSeconds * 1000
  let passedMs = ((moved % round) + round) % round
  let place = 0
  for (const { seconds } of scenes) {
    if (passedMs < seconds * 1000) break
    passedMs -= seconds * 1000
    place++
  }
  return { place, passedMs }
}

export const roundSeconds = (scenes: readonly Scene[]): number =>
  scenes.reduce((sum, { seconds }) => sum + seconds, 0)

/** Whether pin, camera and mark of a steering hold. */
export function isSteered(steering: Steering, now: number): boolean {
  return steering.until !== null && now < Date.parse(steering.until)
}

function pinnedAt(content: Programmed, steering: Steering, now: number): SceneMoment | null {
  if (steering.pinned === null || !isSteered(steering, now)) return null
  const scene = content.scenes.find(({ id }) => id === steering.pinned)
  if (!scene) return null
  const round = scene.seconds * 1000
  const beganAt = Math.floor(now / round) * round
  return { scene, beganAt, endsAt: Math.min(beganAt + round, Date.parse(steering.until!)), pinned: true }
}

function programmedAt(content: Programmed, steering: Steering, now: number, timeZone: string): SceneMoment {
  const programme = programmeAt(content, now, timeZone)
  const scenes = scenesOf(content, programme)
  const { place, passedMs } = placeInRound(scenes, steering, now)
  const scene = scenes[place]!
  let beganAt = now - passedMs
  let endsAt = beganAt + scene.seconds * 1000
  if (content.programmes.length > 0) {
    const isOther = (at: number) => programmeAt(content, at, timeZone) !== programme
    // A schedule changes at whole minutes only
    for (let at = Math.floor(now / MINUTE) * MINUTE; at > beganAt; at -= MINUTE) {
      if (isOther(at - 1)) beganAt = at
    }
    for (let at = (Math.floor(now / MINUTE) + 1) * MINUTE; at < endsAt; at += MINUTE) {
      if (isOther(at)) endsAt = at
    }
  }
  return { scene, beganAt, endsAt, pinned: false }
}

/** The number of the programme that holds; -1: none does. */
function programmeAt({ programmes }: Programmed, now: number, timeZone: string): number {
  return programmes.findIndex(({ when }) => holds(when, Math.floor(now / 1000), timeZone))
}

/** A programme whose scenes are all gone is as none. */
function scenesOf({ scenes, programmes }: Programmed, programme: number): Scene[] {
  const named = (programmes[programme]?.scenes ?? []).flatMap(
    (wanted) => scenes.find(({ id }) => id === wanted) ?? [],
  )
  return named.length > 0 ? named : scenes
}
