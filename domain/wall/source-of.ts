import type { CaseSource, Panel } from './panel.ts'
import type { Scene } from './scene.ts'

/** What a panel leaves out of its source is that of its scene; null: it tells of something else than cases. */
export function sourceOf(panel: Pick<Panel, 'source'>, scene: Pick<Scene, 'source'>): CaseSource | null {
  if (!panel.source) return scene.source
  return panel.source.kind === 'incidents' ? { ...scene.source, ...panel.source } : null
}
