import { createContext, useContext, useMemo } from 'react'
import { BUSIEST_STREET, type Panel } from '../../domain/wall/panel.ts'
import type { RankingPlaces } from '../../domain/wall/ranking.ts'
import type { Scene } from '../../domain/wall/scene.ts'
import { sourceOf } from '../../domain/wall/source-of.ts'
import type { Theme } from '../ui/palettes.ts'
import { type CaseStores, type ChosenCases, chooseCases, type Moment } from './wall-cases.ts'

/** Names by code, in the wall's language; a code without a name is its own. */
export interface WallNames {
  /** of a grid or an area */
  place(code: string): string
  category(code: string): string
  department(code: string): string
}

/** What every panel of the scene that stands is made from. */
export interface WallScene extends Moment {
  scene: Scene
  stores: CaseStores
  /** as of when they are: milliseconds by the server's clock; 0: never loaded */
  updatedAt: number
  names: WallNames
  places: RankingPlaces
  theme: Theme
  reducedMotion: boolean
  /** milliseconds */
  serverNow(): number
}

const Context = createContext<WallScene | null>(null)
export const WallSceneContext = Context.Provider

export function useWallScene(): WallScene {
  const scene = useContext(Context)
  if (!scene) throw new Error('A panel stands outside of a scene.')
  return scene
}

/** The cases a panel tells of; null: not there yet. */
export function usePanelCases(panel: Pick<Panel, 'source'>): ChosenCases | null {
  const { scene, stores, now, timeZone, knownTo, busiest, replayAt } = useWallScene()
  const source = useMemo(() => sourceOf(panel, scene), [panel, scene])
  const isAboutBusiest = source?.area === BUSIEST_STREET
  const area = isAboutBusiest ? busiest : null
  return useMemo(
    () => source && chooseCases(stores, source, { now, timeZone, knownTo, busiest: area, replayAt }),
    [stores, source, now, timeZone, knownTo, area, replayAt],
  )
}
