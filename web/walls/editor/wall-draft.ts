import type { AlarmRule } from '../../../domain/wall/alarm.ts'
import type { Box, Panel } from '../../../domain/wall/panel.ts'
import type { Scene, SceneMap } from '../../../domain/wall/scene.ts'
import type { Programme } from '../../../domain/wall/schedule.ts'
import type { WallChange, WallContent } from '../../../domain/wall/wall.ts'
import { MAP } from './layout-box.ts'

/** A wall as it is being edited: what is sent when it is saved. Each function here answers a new one. */
export type WallDraft = WallChange

/** A name that is not taken yet: `late` becomes `late-2`. */
export function freeId(wanted: string, taken: readonly string[]): string {
  const bare = wanted.replace(/-\d+$/, '')
  if (!taken.includes(wanted)) return wanted
  for (let number = 2; ; number++) {
    const id = `${bare}-${number}`
    if (!taken.includes(id)) return id
  }
}

export const renamed = (draft: WallDraft, name: string): WallDraft => ({ ...draft, name })

/** What belongs to the whole wall. `undefined`: is left out. */
export function withContent(
  draft: WallDraft,
  patch: { [Name in keyof WallContent]?: WallContent[Name] | undefined },
): WallDraft {
  return { ...draft, content: without({ ...draft.content, ...patch }) as WallContent }
}

/** What is undefined is not there: the API takes no nulls for it. */
export function without<T extends object>(value: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never
}

const withScenes = (draft: WallDraft, scenes: readonly Scene[]): WallDraft =>
  withContent(draft, { scenes: [...scenes] })

const idsOf = (draft: WallDraft) => draft.content.scenes.map(({ id }) => id)

/** Behind the scene `after`, or last. */
export function withScene(draft: WallDraft, scene: Scene, after: string | null): WallDraft {
  const { scenes } = draft.content
  const at = scenes.findIndex(({ id }) => id === after)
  const position = at === -1 ? scenes.length : at + 1
  const fresh = { ...scene, id: freeId(scene.id, idsOf(draft)) }
  return withScenes(draft, [...scenes.slice(0, position), fresh, ...scenes.slice(position)])
}

export function withSceneMoved(draft: WallDraft, id: string, by: -1 | 1): WallDraft {
  const scenes = [...draft.content.scenes]
  const from = scenes.findIndex((scene) => scene.id === id)
  const to = from + by
  if (from === -1 || to < 0 || to >= scenes.length) return draft
  ;[scenes[from], scenes[to]] = [scenes[to]!, scenes[from]!]
  return withScenes(draft, scenes)
}

/** Programmes and alarms let go of it too; a programme without scenes goes with its last one. */
export function withoutScene(draft: WallDraft, id: string): WallDraft {
  const { scenes, programmes, alarms } = draft.content
  if (scenes.length < 2) return draft
  return withContent(draft, {
    scenes: scenes.filter((scene) => scene.id !== id),
    programmes: programmes
      .map((programme) => ({ ...programme, scenes: programme.scenes.filter((one) => one !== id) }))
      .filter((programme) => programme.scenes.length > 0),
    alarms: alarms.map((rule) =>
      rule.scene === id ? without({ ...rule, scene: undefined }) : rule,
    ) as AlarmRule[],
  })
}

export type ScenePatch = { [Name in keyof Scene]?: Scene[Name] | undefined }

export const withSceneChanged = (draft: WallDraft, id: string, patch: ScenePatch): WallDraft =>
  withScenes(
    draft,
    draft.content.scenes.map((scene) =>
      scene.id === id ? (without({ ...scene, ...patch }) as Scene) : scene,
    ),
  )

const inScene = (draft: WallDraft, id: string, change: (scene: Scene) => Scene): WallDraft =>
  withScenes(
    draft,
    draft.content.scenes.map((scene) => (scene.id === id ? change(scene) : scene)),
  )

export const withMapChanged = (
  draft: WallDraft,
  scene: string,
  patch: { [Name in keyof SceneMap]?: SceneMap[Name] | undefined },
): WallDraft =>
  inScene(draft, scene, (one) => ({ ...one, map: without({ ...one.map, ...patch }) as SceneMap }))

export const withPanel = (draft: WallDraft, scene: string, panel: Panel): WallDraft =>
  inScene(draft, scene, (one) => ({ ...one, panels: [...one.panels, panel] }))

export const withPanelChanged = (draft: WallDraft, scene: string, panel: Panel): WallDraft =>
  inScene(draft, scene, (one) => ({
    ...one,
    panels: one.panels.map((other) => (other.id === panel.id ? panel : other)),
  }))

export const withoutPanel = (draft: WallDraft, scene: string, id: string): WallDraft =>
  inScene(draft, scene, (one) => ({ ...one, panels: one.panels.filter((panel) => panel.id !== id) }))

/** The map or a panel stands there from now on. */
export const withBox = (draft: WallDraft, scene: string, item: string, box: Box): WallDraft =>
  inScene(draft, scene, (one) =>
    item === MAP
      ? { ...one, map: { ...one.map, box } }
      : { ...one, panels: one.panels.map((panel) => (panel.id === item ? { ...panel, box } : panel)) },
  )

export const withProgrammes = (draft: WallDraft, programmes: Programme[]): WallDraft =>
  withContent(draft, { programmes })

export const withAlarms = (draft: WallDraft, alarms: AlarmRule[]): WallDraft => withContent(draft, { alarms })
