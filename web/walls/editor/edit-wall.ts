import type { WallDraft } from './wall-draft.ts'

/** An edit and everything it can go back and forward to. */
export interface WallEdit {
  /** the version that it began at, which a save must still find in force */
  version: number
  saved: WallDraft
  past: readonly WallDraft[]
  now: WallDraft
  future: readonly WallDraft[]
  /** what was changed last: more of the same (a name being typed) is undone with it in one step */
  run: string | null
}

export type WallStep =
  /** `run`: names what is changed where many small changes are one to whoever makes them */
  | { kind: 'change'; change: (draft: WallDraft) => WallDraft; run?: string }
  | { kind: 'undo' }
  | { kind: 'redo' }
  /** what was sent stands on the server; what was changed since then is still unsaved */
  | { kind: 'saved'; version: number; draft: WallDraft }
  /** somebody else's version takes the place of everything here */
  | { kind: 'loaded'; version: number; draft: WallDraft }
  /** the version of somebody else is to be overwritten by the next save */
  | { kind: 'rebased'; version: number }

const MOST_STEPS = 200

export const begun = (version: number, draft: WallDraft): WallEdit => ({
  version,
  saved: draft,
  past: [],
  now: draft,
  future: [],
  run: null,
})

/** Whether something would be lost by leaving. */
export const isChanged = ({ saved, now }: WallEdit): boolean =>
  now !== saved && JSON.stringify(now) !== JSON.stringify(saved)

export function editWall(edit: WallEdit, step: WallStep): WallEdit {
  switch (step.kind) {
    case 'change':
      return changed(edit, step.change(edit.now), step.run ?? null)
    case 'undo': {
      const before = edit.past.at(-1)
      if (!before) return edit
      return {
        ...edit,
        past: edit.past.slice(0, -1),
        now: before,
        future: [edit.now, ...edit.future],
        run: null,
      }
    }
    case 'redo': {
      const [after, ...later] = edit.future
      if (!after) return edit
      return { ...edit, past: [...edit.past, edit.now], now: after, future: later, run: null }
    }
    case 'saved':
      return { ...edit, version: step.version, saved: step.draft, run: null }
    case 'loaded':
      return begun(step.version, step.draft)
    case 'rebased':
      return { ...edit, version: step.version }
  }
}

function changed(edit: WallEdit, now: WallDraft, run: string | null): WallEdit {
  if (now === edit.now) return edit
  const goesOn = run !== null && run === edit.run && edit.past.length > 0
  const past = goesOn ? edit.past : [...edit.past, edit.now].slice(-MOST_STEPS)
  return { ...edit, past, now, future: [], run }
}
