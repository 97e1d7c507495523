import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  PlusOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LAYOUT } from '../../../domain/wall/panel.ts'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import { MOST_SCENES } from '../../../domain/wall/schedule.ts'
import type { WallContent } from '../../../domain/wall/wall.ts'
import { useFormat } from '../../ui/format.ts'
import { SceneThumbnail } from './scene-thumbnail.tsx'

interface SceneListProps {
  content: WallContent
  /** id of the scene that is looked at */
  chosen: string
  /** numbers of scenes in which something is wrong */
  faulty: ReadonlySet<number>
  onChoose(id: string): void
  onAdd(scene: Scene): void
  onMove(by: -1 | 1): void
  onRemove(): void
}

/** The scenes in their order, and what can be done to the chosen one. */
export function SceneList({ content, chosen, faulty, ...on }: SceneListProps) {
  const { t } = useTranslation()
  const { count } = useFormat()
  const { scenes } = content
  const readyMade = useMemo(() => {
    const ready = readyMadeWall(content.language).scenes
    return [emptied(ready[0]!, t('wallDesk.emptyScene')), ...ready]
  }, [content.language, t])
  const at = scenes.findIndex(({ id }) => id === chosen)
  const scene = scenes[at]
  const isFull = scenes.length >= MOST_SCENES
  const whyFull = t('wallDesk.full.scenes', { most: MOST_SCENES })
  const total = scenes.reduce((sum, { seconds }) => sum + seconds, 0)
  return (
    <section className="scene-list" aria-label={t('wallDesk.scenes')}>
      <header>
        <h2>{t('wallDesk.scenes')}</h2>
        <small>{t('wallDesk.round', { count: count(scenes.length), seconds: count(total) })}</small>
      </header>
      <ol>
        {scenes.map((one, number) => (
          <li key={one.id}>
            <button
              type="button"
              className="plain scene-choice"
              data-scene={one.id}
              aria-current={one.id === chosen}
              onClick={() => on.onChoose(one.id)}
            >
              <SceneThumbnail scene={one} />
              <span className="scene-title">
                {count(number + 1)} {one.title || t('wallDesk.untitled')}
              </span>
              <small>
                {t('wallDesk.secondsLong', { seconds: count(one.seconds) })}
                {faulty.has(number) && (
                  <em>
                    <WarningOutlined aria-hidden /> {t('wallDesk.faulty')}
                  </em>
                )}
              </small>
            </button>
          </li>
        ))}
      </ol>
      <div className="scene-actions">
        <Dropdown
          trigger={['click']}
          menu={{
            items: readyMade.map((one) => ({ key: one.id, label: one.title, onClick: () => on.onAdd(one) })),
          }}
        >
          <Button icon={<PlusOutlined aria-hidden />} disabled={isFull} {...(isFull && { title: whyFull })}>
            {t('wallDesk.addScene')}
          </Button>
        </Dropdown>
        <span className="actions">
          <Button
            icon={<ArrowUpOutlined />}
            disabled={at <= 0}
            title={t('wallDesk.sceneUp')}
            aria-label={t('wallDesk.sceneUp')}
            onClick={() => on.onMove(-1)}
          />
          <Button
            icon={<ArrowDownOutlined />}
            disabled={at === -1 || at === scenes.length - 1}
            title={t('wallDesk.sceneDown')}
            aria-label={t('wallDesk.sceneDown')}
            onClick={() => on.onMove(1)}
          />
          <Button
            icon={<CopyOutlined />}
            disabled={!scene || isFull}
            title={isFull ? whyFull : t('wallDesk.copyScene')}
            aria-label={t('wallDesk.copyScene')}
            onClick={() => scene && on.onAdd(scene)}
          />
          <Button
            danger
            icon={<DeleteOutlined />}
            disabled={scenes.length < 2}
            title={t('wallDesk.removeScene')}
            aria-label={t('wallDesk.removeScene')}
            onClick={on.onRemove}
          />
        </span>
      </div>
    </section>
  )
}

/** A map and nothing else. */
const emptied = (scene: Scene, title: string): Scene => ({
  ...scene,
  id: 'scene',
  title,
  map: { ...scene.map, box: { x: 0, y: 0, width: LAYOUT.columns, height: LAYOUT.rows } },
  panels: [],
})
