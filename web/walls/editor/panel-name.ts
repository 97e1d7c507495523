import type { TFunction } from 'i18next'
import type { Panel } from '../../../domain/wall/panel.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import { sourceOf } from '../../../domain/wall/source-of.ts'
import { panelTitle } from '../../ui/panel-title.ts'

/** What stands above a panel on the wall; '': nothing does. */
export const shownTitle = (panel: Panel, scene: Scene, t: TFunction): string =>
  panelTitle(panel, sourceOf(panel, scene), scene.replay ?? false, t)

/** What a panel is called where its scene is edited: what stands above it, else its kind. */
export const panelName = (panel: Panel, scene: Scene, t: TFunction): string =>
  shownTitle(panel, scene, t) || t(`wallDesk.kind.${panel.kind}`)
