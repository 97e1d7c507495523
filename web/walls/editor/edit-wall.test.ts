import { describe, expect, it } from 'vitest'
import { checkWall } from '../../../domain/wall/check-wall.ts'
import { PANEL_KINDS } from '../../../domain/wall/panel.ts'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import { begun, editWall, isChanged, type WallEdit } from './edit-wall.ts'
import { faultsOf } from './faults.ts'
import { MAP } from './layout-box.ts'
import { copiedPanel, newPanel } from './new-panel.ts'
import {
  freeId,
  renamed,
  type WallDraft,
  withAlarms,
  withBox,
  withContent,
  withMapChanged,
  withoutPanel,
  withoutScene,
  withPanel,
  withPanelChanged,
  withProgrammes,
  withScene,
  withSceneChanged,
  withSceneMoved,
} from './wall-draft.ts'

const draft: WallDraft = { name: 'Hall', content: readyMadeWall('en') }
const [first, second] = draft.content.scenes as [WallDraft['content']['scenes'][number], never]
const box = { x: 0, y: 0, width: 2, height: 1 }

const change = (edit: WallEdit, next: (draft: WallDraft) => WallDraft, run?: string) =>
  editWall(edit, { kind: 'change', change: next, ...(run && { run }) })
const named = (edit: WallEdit, name: string, run?: string) => change(edit, (now) => renamed(now, name), run)

describe('an edit', () => {
  it('goes back and forward step by step, and forgets what was undone once something else is done', () => {
    let edit = named(named(begun(3, draft), 'A'), 'B')
    edit = editWall(edit, { kind: 'undo' })
    expect([edit.now.name, edit.past.length, edit.future.length]).toEqual(['A', 1, 1])
    expect(editWall(edit, { kind: 'redo' }).now.name).toBe('B')
    edit = named(edit, 'C')
    expect(editWall(edit, { kind: 'redo' })).toBe(edit)
    edit = editWall(editWall(edit, { kind: 'undo' }), { kind: 'undo' })
    expect(edit.now).toBe(draft)
    expect(editWall(edit, { kind: 'undo' })).toBe(edit)
  })

  it('takes back a name being typed in one step, and begins another with each other thing', () => {
    let edit = begun(3, draft)
    for (const name of ['H', 'Ha', 'Hal']) edit = named(edit, name, 'name')
    expect(edit.past).toHaveLength(1)
    edit = change(edit, (now) => withSceneChanged(now, first.id, { title: 'X' }), 'title')
    edit = named(edit, 'Hall 2', 'name')
    expect(edit.past).toHaveLength(3)
    edit = editWall(editWall(editWall(edit, { kind: 'undo' }), { kind: 'undo' }), { kind: 'undo' })
    expect(edit.now).toBe(draft)
  })

  it('is changed until it is saved, also by what is done while the save is under way', () => {
    const sent = named(begun(3, draft), 'A')
    expect(isChanged(sent)).toBe(true)
    const saved = { kind: 'saved', version: 4, draft: sent.now } as const
    expect(isChanged(editWall(sent, saved))).toBe(false)
    const later = editWall(named(sent, 'B'), saved)
    expect([later.version, isChanged(later), later.now.name]).toEqual([4, true, 'B'])
    // Undone to what it was, there is nothing to save
    expect(isChanged(named(named(begun(3, draft), 'A'), 'Hall'))).toBe(false)
  })

  it('takes over what somebody else saved, or goes on over it', () => {
    const edit = named(begun(3, draft), 'mine')
    const theirs = { ...draft, name: 'theirs' }
    expect(editWall(edit, { kind: 'loaded', version: 5, draft: theirs })).toEqual(begun(5, theirs))
    const over = editWall(edit, { kind: 'rebased', version: 5 })
    expect([over.version, over.now.name, isChanged(over)]).toEqual([5, 'mine', true])
  })

  it('leaves what it came from as it was', () => {
    const before = JSON.stringify(draft)
    const panel = newPanel(first, 'clock')!
    for (const next of [
      renamed(draft, 'x'),
      withScene(draft, first, null),
      withSceneMoved(draft, first.id, 1),
      withoutScene(draft, first.id),
      withSceneChanged(draft, first.id, { replay: true }),
      withMapChanged(draft, first.id, { measure: 'perKm2' }),
      withPanel(draft, first.id, panel),
      withPanelChanged(draft, first.id, { ...panel, id: first.panels[0]!.id }),
      withoutPanel(draft, first.id, first.panels[0]!.id),
      withBox(draft, first.id, MAP, box),
      withProgrammes(draft, []),
      withAlarms(draft, []),
      withContent(draft, { night: undefined }),
    ]) {
      expect(next).not.toBe(draft)
    }
    expect(JSON.stringify(draft)).toBe(before)
  })
})

describe('the scenes of a draft', () => {
  it('stand where they are put, each with a name of its own', () => {
    const ids = (one: WallDraft) => one.content.scenes.map(({ id }) => id)
    const copied = withScene(withScene(draft, first, first.id), first, null)
    expect(ids(copied).slice(0, 2)).toEqual([first.id, `${first.id}-2`])
    expect(ids(copied).at(-1)).toBe(`${first.id}-3`)
    expect(ids(withSceneMoved(draft, first.id, 1)).slice(0, 2)).toEqual([
      (second as { id: string }).id,
      first.id,
    ])
    expect(withSceneMoved(draft, first.id, -1)).toBe(draft)
    expect(freeId('late-2', ['late', 'late-2'])).toBe('late-3')
  })

  it('are let go of by programmes and alarms when they go; the last one stays', () => {
    const [rule] = draft.content.alarms
    const named = withAlarms(
      withProgrammes(draft, [
        { when: {}, scenes: [first.id] },
        { when: {}, scenes: [first.id, (second as { id: string }).id] },
      ]),
      [{ ...rule!, scene: first.id }],
    )
    const { programmes, alarms } = withoutScene(named, first.id).content
    expect(programmes).toEqual([{ when: {}, scenes: [(second as { id: string }).id] }])
    expect(alarms[0]).not.toHaveProperty('scene')
    const alone = withContent(draft, { scenes: [first] })
    expect(withoutScene(alone, first.id)).toBe(alone)
  })

  it('lose what is taken out of them instead of keeping an empty field', () => {
    const replayed = withSceneChanged(draft, first.id, { replay: true })
    expect(withSceneChanged(replayed, first.id, { replay: undefined }).content.scenes[0]).not.toHaveProperty(
      'replay',
    )
    expect(withContent(draft, { night: undefined }).content).not.toHaveProperty('night')
  })
})

describe('a new panel of any kind', () => {
  it('fits into what is free, has a name of its own, and can be copied', () => {
    let now = withSceneChanged(draft, first.id, { panels: [] })
    for (const kind of PANEL_KINDS) {
      const panel = newPanel(now.content.scenes[0]!, kind)!
      now = withPanel(now, first.id, panel)
      const copy = copiedPanel(now.content.scenes[0]!, panel)
      if (copy) now = withPanel(now, first.id, copy)
    }
    const { panels } = now.content.scenes[0]!
    expect(new Set(panels.map(({ kind }) => kind)).size).toBe(PANEL_KINDS.length)
    expect(checkWall(now.content)).toEqual([])
  })

  it('shows an image that the server has', () => {
    const empty = { ...first, panels: [] }
    expect(newPanel(empty, 'image', ['arms.png', 'logo.png'])).toMatchObject({ image: 'arms.png' })
    expect(newPanel(empty, 'clock', ['arms.png'])).not.toHaveProperty('image')
  })
})

describe('what is wrong with a draft', () => {
  it('is nothing with the ready-made one, and stands at its field', () => {
    expect(faultsOf(draft)).toEqual([])
    let wrong = renamed(draft, ' ')
    wrong = withSceneChanged(wrong, first.id, { title: '' })
    wrong = withBox(wrong, first.id, first.panels[1]!.id, first.panels[0]!.box)
    wrong = withProgrammes(wrong, [{ when: { from: '08:00' }, scenes: ['gone'] }])
    expect(faultsOf(wrong)).toEqual([
      { field: 'name', word: 'name' },
      { field: 'content.scenes.0.title', word: 'title' },
      { field: 'content.scenes.0.panels.1.box', word: 'box' },
      { field: 'content.programmes.0.when.to', word: 'hours' },
      { field: 'content.programmes.0.scenes.0', word: 'absentScene' },
    ])
  })
})
