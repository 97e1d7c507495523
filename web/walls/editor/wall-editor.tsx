import { DesktopOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useEffect, useMemo, useReducer, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SceneCamera } from '../../../domain/wall/scene.ts'
import type { Wall } from '../../../domain/wall/wall.ts'
import { useErrorText } from '../../api/use-error-text.ts'
import { useTellPages } from '../../ui/told-between-pages.ts'
import { draftChannel, type ShownDraft } from '../shown-draft.ts'
import { AlarmsForm } from './alarms-form.tsx'
import type { Choices } from './choices.ts'
import { begun, editWall, isChanged } from './edit-wall.ts'
import { EditorBar, type EditorTab } from './editor-bar.tsx'
import './editor.css'
import { faultFields } from '../../api/faults.ts'
import { faultsOf, sceneOfFault, wordOf } from './faults.ts'
import { ProgrammesForm } from './programmes-form.tsx'
import { ConflictQuestion, LeaveQuestion } from './questions.tsx'
import { SceneEditor } from './scene-editor.tsx'
import { SceneList } from './scene-list.tsx'
import { useEditKeys } from './use-edit-keys.ts'
import { useLeaveGuard } from './use-leave-guard.ts'
import { useSave } from './use-save.ts'
import { VersionsList } from './versions-list.tsx'
import {
  renamed,
  type WallDraft,
  withAlarms,
  withContent,
  withoutScene,
  withProgrammes,
  withScene,
  withSceneMoved,
} from './wall-draft.ts'
import { WallSettings } from './wall-settings.tsx'
import type { WallSize } from './wall-size.ts'

/** What of an editor stands in its address. */
export interface EditorView {
  tab: EditorTab
  /** id of a scene; one that is not there: the first one */
  scene: string | null
  size: WallSize
}

interface WallEditorProps {
  /** as it stood when it was opened */
  wall: Wall
  choices: Choices
  view: EditorView
  onView(view: Partial<EditorView>): void
  mapAddress(camera: SceneCamera): string
  previewAddress(size: WallSize, scene: string): string
}

/** Everything about one wall, edited with undo and redo and saved as a new version. */
export function WallEditor({ wall, choices, view, onView, mapAddress, previewAddress }: WallEditorProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const [edit, dispatch] = useReducer(editWall, wall, ({ version, name, content }) =>
    begun(version, { name, content }),
  )
  const [version, setVersion] = useState<number | null>(null)
  const draft = edit.now
  const { scenes } = draft.content
  const changed = isChanged(edit)
  const saving = useSave(wall.id, edit, dispatch)
  const guard = useLeaveGuard(changed)
  const faults = useMemo(() => faultsOf(draft), [draft])
  const refused = useMemo(
    () => faultFields(saving.error).map((field) => ({ field, word: wordOf(field) })),
    [saving.error],
  )
  const wrong = (field: string) =>
    [...faults, ...refused]
      .filter((fault) => fault.field === field)
      .map(({ word }) => t(`wallDesk.wrong.${word}`))
  const at = Math.max(
    0,
    scenes.findIndex(({ id }) => id === view.scene),
  )
  const scene = scenes[at]!
  const canSave = changed && faults.length === 0
  useTellPages(draftChannel(wall.id), useShownDraft(draft, scene.id, faults.length === 0))
  useEditKeys({
    onUndo: () => dispatch({ kind: 'undo' }),
    onRedo: () => dispatch({ kind: 'redo' }),
    onSave: () => canSave && saving.save(),
  })
  // A chosen scene that an undo took away is chosen no longer
  useEffect(() => {
    if (view.scene !== null && view.scene !== scene.id) onView({ scene: scene.id })
  }, [view.scene, scene.id, onView])

  return (
    <div className="wall-editor" data-tab={view.tab}>
      <EditorBar
        name={draft.name}
        version={edit.version}
        tab={view.tab}
        isChanged={changed}
        isSaving={saving.isSaving}
        faultCount={faults.length}
        canUndo={edit.past.length > 0}
        canRedo={edit.future.length > 0}
        onName={(name) => dispatch({ kind: 'change', change: (now) => renamed(now, name), run: 'name' })}
        onTab={(tab) => onView({ tab })}
        onUndo={() => dispatch({ kind: 'undo' })}
        onRedo={() => dispatch({ kind: 'redo' })}
        onSave={saving.save}
      >
        <Button
          icon={<DesktopOutlined aria-hidden />}
          title={t('wallDesk.previewHint')}
          onClick={() => window.open(previewAddress(view.size, scene.id), '_blank')}
        >
          {t('wallDesk.preview')}
        </Button>
      </EditorBar>
      {saving.error && (
        <Alert
          className="save-error"
          type="error"
          showIcon
          role="alert"
          title={[textOf(saving.error), ...refused.map(({ word }) => t(`wallDesk.wrong.${word}`))].join(' ')}
        />
      )}
      {view.tab === 'scenes' && (
        <div className="editor-body">
          <SceneList
            content={draft.content}
            chosen={scene.id}
            faulty={new Set(faults.map(sceneOfFault).filter((one) => one !== null))}
            onChoose={(id) => onView({ scene: id })}
            onAdd={(added) => {
              const next = withScene(draft, added, scene.id)
              dispatch({ kind: 'change', change: () => next })
              onView({
                scene: next.content.scenes.find(({ id }) => !scenes.some((one) => one.id === id))!.id,
              })
            }}
            onMove={(by) => dispatch({ kind: 'change', change: (now) => withSceneMoved(now, scene.id, by) })}
            onRemove={() => {
              dispatch({ kind: 'change', change: (now) => withoutScene(now, scene.id) })
              onView({ scene: (scenes[at + 1] ?? scenes[at - 1])?.id ?? null })
            }}
          />
          <SceneEditor
            key={scene.id}
            draft={draft}
            scene={scene}
            size={view.size}
            choices={choices}
            wrong={(field) => wrong(`content.scenes.${at}.${field}`)}
            mapAddress={mapAddress}
            onSize={(size) => onView({ size })}
            dispatch={dispatch}
          />
        </div>
      )}
      {view.tab !== 'scenes' && (
        <div className="desk">
          {view.tab === 'programmes' && (
            <ProgrammesForm
              content={draft.content}
              wrong={(field) => wrong(`content.programmes.${field}`)}
              onChange={(programmes) =>
                dispatch({ kind: 'change', change: (now) => withProgrammes(now, programmes) })
              }
            />
          )}
          {view.tab === 'alarms' && (
            <AlarmsForm
              content={draft.content}
              choices={choices}
              wrong={(field) => wrong(`content.alarms.${field}`)}
              onChange={(alarms, run) =>
                dispatch({ kind: 'change', change: (now) => withAlarms(now, alarms), ...(run && { run }) })
              }
            />
          )}
          {view.tab === 'wall' && (
            <WallSettings
              content={draft.content}
              wrong={(field) => wrong(`content.${field}`)}
              onChange={(patch, run) =>
                dispatch({ kind: 'change', change: (now) => withContent(now, patch), ...(run && { run }) })
              }
            />
          )}
          {view.tab === 'versions' && (
            <VersionsList
              id={wall.id}
              current={edit.version}
              shown={version}
              onShow={setVersion}
              onRestore={({ name, content }) => {
                dispatch({ kind: 'change', change: () => ({ name, content }) })
                onView({ tab: 'scenes', scene: null })
              }}
            />
          )}
        </div>
      )}
      {saving.conflict && (
        <ConflictQuestion
          theirs={saving.conflict}
          isSaving={saving.isSaving}
          onReload={saving.reload}
          onOverwrite={saving.overwrite}
          onKeepEditing={saving.keepEditing}
        />
      )}
      {guard.leaving !== null && <LeaveQuestion onStay={guard.stay} onLeave={guard.leave} />}
    </div>
  )
}

/** The last one that a wall could show. */
function useShownDraft(draft: WallDraft, scene: string, isWhole: boolean): ShownDraft {
  const [shown, setShown] = useState<ShownDraft>({ draft, scene })
  useEffect(() => {
    if (isWhole) setShown({ draft, scene })
  }, [draft, scene, isWhole])
  return shown
}
