import { PlusOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PANEL_KINDS } from '../../../domain/wall/panel.ts'
import { MOST_PANELS, type Scene, type SceneCamera } from '../../../domain/wall/scene.ts'
import { useImages } from '../use-walls.ts'
import type { Choices } from './choices.ts'
import type { WallStep } from './edit-wall.ts'
import { coversMap, MAP } from './layout-box.ts'
import { LayoutCanvas } from './layout-canvas.tsx'
import { MapProperties } from './map-properties.tsx'
import { copiedPanel, newPanel } from './new-panel.ts'
import { panelName, usualTitle } from './panel-name.ts'
import { PanelProperties } from './panel-properties.tsx'
import { SceneProperties } from './scene-properties.tsx'
import { SizePicker } from './size-picker.tsx'
import { ViewFinder } from './view-finder.tsx'
import {
  type WallDraft,
  withBox,
  withMapChanged,
  withoutPanel,
  withPanel,
  withPanelChanged,
  withSceneChanged,
} from './wall-draft.ts'
import type { WallSize } from './wall-size.ts'

interface SceneEditorProps {
  draft: WallDraft
  scene: Scene
  size: WallSize
  choices: Choices
  /** sentences about `field` of the scene */
  wrong(field: string): string[]
  /** of a map to look around in, at the view of a scene */
  mapAddress(camera: SceneCamera): string
  onSize(size: WallSize): void
  dispatch(step: WallStep): void
}

/** One scene: its layout, and what stands in it. */
export function SceneEditor({
  draft,
  scene,
  size,
  choices,
  wrong,
  mapAddress,
  onSize,
  dispatch,
}: SceneEditorProps) {
  const { t } = useTranslation()
  const images = useImages().data
  const [selected, setSelected] = useState<string | null>(null)
  const [isFinding, setFinding] = useState(false)
  const [isFull, setFull] = useState(false)
  const at = scene.panels.findIndex(({ id }) => id === selected)
  const panel = scene.panels[at]
  const covering = coversMap(scene)
  const isSceneFull = scene.panels.length >= MOST_PANELS

  const change = (next: (draft: WallDraft) => WallDraft, run?: string) =>
    dispatch({ kind: 'change', change: next, ...(run && { run: `${scene.id} ${run}` }) })
  function add(made: ReturnType<typeof newPanel>): void {
    setFull(made === null)
    if (!made) return
    change((now) => withPanel(now, scene.id, made))
    setSelected(made.id)
  }
  function remove(id: string): void {
    change((now) => withoutPanel(now, scene.id, id))
    setSelected(null)
  }

  return (
    <>
      <section className="canvas-side" aria-label={t('wallDesk.layout')}>
        <div className="canvas-tools">
          <Dropdown
            trigger={['click']}
            menu={{
              items: PANEL_KINDS.map((kind) => ({
                key: kind,
                label: t(`wallDesk.kind.${kind}`),
                onClick: () => add(newPanel(scene, kind, images)),
              })),
            }}
          >
            <Button
              icon={<PlusOutlined aria-hidden />}
              disabled={isSceneFull}
              {...(isSceneFull && { title: t('wallDesk.full.panels', { most: MOST_PANELS }) })}
            >
              {t('wallDesk.addPanel')}
            </Button>
          </Dropdown>
          {isFull && (
            <span className="edit-wrong" role="alert">
              <WarningOutlined aria-hidden /> {t('wallDesk.noRoom')}
            </span>
          )}
          <span className="grow" />
          <SizePicker size={size} onChange={onSize} />
        </div>
        <LayoutCanvas
          key={scene.id}
          scene={scene}
          content={draft.content}
          size={size}
          choices={choices}
          selected={selected}
          onSelect={setSelected}
          onPlace={(id, box, run) =>
            change((now) => withBox(now, scene.id, id, box), run ? `box ${id}` : undefined)
          }
          onRemove={remove}
        />
        {covering.length > 0 && (
          <p className="canvas-note">
            <WarningOutlined aria-hidden />{' '}
            {t('wallDesk.coversMap', {
              names: covering.map((one) => panelName(one, scene, t)).join(', '),
            })}
          </p>
        )}
      </section>
      <aside className="properties" aria-label={t('wallDesk.properties')}>
        {panel ? (
          <PanelProperties
            key={panel.id}
            panel={panel}
            usualTitle={usualTitle(panel, scene, t)}
            choices={choices}
            isSceneFull={isSceneFull}
            wrong={(field) => [
              ...wrong(`panels.${at}${field && `.${field}`}`),
              ...(field === '' ? wrong(`panels.${at}.box`) : []),
            ]}
            onChange={(next, run) =>
              change((now) => withPanelChanged(now, scene.id, next), run && `${panel.id} ${run}`)
            }
            onCopy={() => add(copiedPanel(scene, panel))}
            onRemove={() => remove(panel.id)}
          />
        ) : selected === MAP ? (
          <MapProperties
            map={scene.map}
            choices={choices}
            wrong={(field) => [
              ...wrong(`map${field && `.${field}`}`),
              ...(field === '' ? wrong('map.box') : []),
            ]}
            onChange={(patch) => change((now) => withMapChanged(now, scene.id, patch))}
            onFindView={() => setFinding(true)}
          />
        ) : (
          <SceneProperties
            scene={scene}
            choices={choices}
            wrong={wrong}
            onChange={(patch, run) => change((now) => withSceneChanged(now, scene.id, patch), run)}
          />
        )}
      </aside>
      {isFinding && (
        <ViewFinder
          address={mapAddress(scene.map.camera)}
          onTake={(camera) => {
            change((now) => withMapChanged(now, scene.id, { camera }))
            setFinding(false)
          }}
          onClose={() => setFinding(false)}
        />
      )}
    </>
  )
}
