import type { Box, Panel, PanelOf } from '../../../domain/wall/panel.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import { freeBox } from './layout-box.ts'
import { freeId } from './wall-draft.ts'

type Kind = Panel['kind']
interface Fresh<K extends Kind> {
  /** what it takes to be read from afar */
  size: { width: number; height: number }
  own: Omit<PanelOf<K>, 'id' | 'box' | 'kind'>
}

const FRESH: { [K in Kind]: Fresh<K> } = {
  figure: { size: { width: 4, height: 2 }, own: { figure: 'open' } },
  trend: { size: { width: 6, height: 4 }, own: {} },
  ranking: { size: { width: 6, height: 6 }, own: { by: 'street', measure: 'count', most: 8 } },
  ring: { size: { width: 5, height: 5 }, own: { by: 'category' } },
  list: { size: { width: 6, height: 5 }, own: { order: 'newest', most: 6 } },
  text: { size: { width: 6, height: 2 }, own: { text: '' } },
  clock: { size: { width: 4, height: 2 }, own: {} },
  weather: { size: { width: 4, height: 3 }, own: {} },
  image: { size: { width: 4, height: 3 }, own: { image: 'logo.png' } },
}

/**
 * A panel of this kind in the first room there is, smaller where it must be; null: nothing fits. Of an image it shows
 * the first of `images`, those of the server.
 */
export function newPanel(scene: Scene, kind: Kind, images: readonly string[] = []): Panel | null {
  const { size, own } = FRESH[kind]
  const box = roomFor(scene, size.width, size.height)
  if (!box) return null
  const id = freeId(kind, ['map', ...scene.panels.map((panel) => panel.id)])
  const [image] = images
  return { id, kind, box, ...own, ...(kind === 'image' && image !== undefined && { image }) } as Panel
}

/** A copy beside it, where there is room of its size or of less. */
export function copiedPanel(scene: Scene, panel: Panel): Panel | null {
  const box = roomFor(scene, panel.box.width, panel.box.height)
  return box && { ...panel, id: freeId(panel.id, ['map', ...scene.panels.map(({ id }) => id)]), box }
}

function roomFor(scene: Scene, width: number, height: number): Box | null {
  for (let less = 0; less < Math.max(width, height); less++) {
    const box = freeBox(scene, Math.max(1, width - less), Math.max(1, height - less))
    if (box) return box
  }
  return null
}
