import type { WallChange } from '../../domain/wall/wall.ts'

/** A wall as it is being edited, and the scene that is before the editor: what its preview shows. */
export interface ShownDraft {
  draft: WallChange
  /** id */
  scene: string
}

/** Between the editor of a wall and its previews in the same browser. */
export const draftChannel = (wallId: number) => `wall-draft-${wallId}`
