import type { TFunction } from 'i18next'
import type { Panel } from '../../../domain/wall/panel.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import { sourceOf } from '../../../domain/wall/source-of.ts'
import { panelTitle } from '../../ui/panel-title.ts'

/** What stands above a panel without a title of its own on the wall; '': nothing does. */
export function usualTitle(panel: Panel, scene: Scene, t: TFunction): string {
  const shown = { source: sourceOf(panel, scene), areas: null, isReplay: scene.replay ?? false }
  return panelTitle({ ...panel, title: '' }, shown, t) ?? ''
}

/** What a panel is called where its scene is edited: what stands above it, else its kind. */
export const panelName = (panel: Panel, scene: Scene, t: TFunction): string =>
  panel.title || usualTitle(panel, scene, t) || t(`wallDesk.kind.${panel.kind}`)
