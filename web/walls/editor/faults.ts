import { checkWall } from '../../../domain/wall/check-wall.ts'
import { IMAGE_NAME } from '../../../domain/wall/panel.ts'
import type { WallDraft } from './wall-draft.ts'

/** What is wrong, as the screen words it. */
export type FaultWord =
  | 'name'
  | 'title'
  | 'image'
  | 'box'
  | 'figures'
  | 'hours'
  | 'days'
  | 'absentScene'
  | 'id'
  | 'area'
  | 'other'

export interface DraftFault {
  /** of the draft: `content.scenes.0.title` */
  field: string
  word: FaultWord
}

/** Everything that keeps a draft from being saved. */
export function faultsOf({ name, content }: WallDraft): DraftFault[] {
  const blank = (field: string, text: string, word: FaultWord): DraftFault[] =>
    text.trim() === '' ? [{ field, word }] : []
  return [
    ...blank('name', name, 'name'),
    ...content.scenes.flatMap((scene, number) => [
      ...blank(`content.scenes.${number}.title`, scene.title, 'title'),
      ...scene.panels.flatMap((panel, place): DraftFault[] =>
        panel.kind === 'image' && !IMAGE_NAME.test(panel.image)
          ? [{ field: `content.scenes.${number}.panels.${place}.image`, word: 'image' }]
          : [],
      ),
    ]),
    ...content.alarms.flatMap(({ title }, number) => blank(`content.alarms.${number}.title`, title, 'title')),
    ...checkWall(content).map(({ field }) => ({ field, word: wordOf(field) })),
  ]
}

const WORDS: [RegExp, FaultWord][] = [
  [/\.box$/, 'box'],
  [/\.scenes\.\d+\.panels$/, 'figures'],
  [/\.when\.(from|to)$/, 'hours'],
  [/\.(firstDay|lastDay)$/, 'days'],
  [/^content\.(programmes\.\d+\.scenes\.\d+|alarms\.\d+\.scene)$/, 'absentScene'],
  [/\.id$/, 'id'],
  [/\.area$/, 'area'],
  [/\.image$/, 'image'],
  [/title$/, 'title'],
  [/^name$/, 'name'],
]

/** A field tells what can be wrong with it, whoever found it: this check or the server's. */
export const wordOf = (field: string): FaultWord =>
  WORDS.find(([pattern]) => pattern.test(field))?.[1] ?? 'other'

/** Number of the scene a fault lies in; null: in none. */
export function sceneOfFault({ field }: DraftFault): number | null {
  const found = /^content\.scenes\.(\d+)/.exec(field)
  return found ? Number(found[1]) : null
}
