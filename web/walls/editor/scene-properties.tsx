import { Input, InputNumber, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { TITLE_LETTERS } from '../../../domain/wall/panel.ts'
import { SCENE_SECONDS, type Scene } from '../../../domain/wall/scene.ts'
import type { Choices } from './choices.ts'
import { Field, Wrong } from './field.tsx'
import { CaseFields } from './source-fields.tsx'
import type { ScenePatch } from './wall-draft.ts'

interface ScenePropertiesProps {
  scene: Scene
  choices: Choices
  wrong(field: string): string[]
  onChange(patch: ScenePatch, run?: string): void
}

/** What a scene is called, how long it stands, and which cases it tells of. */
export function SceneProperties({ scene, choices, wrong, onChange }: ScenePropertiesProps) {
  const { t } = useTranslation()
  return (
    <section className="edit-section" aria-labelledby="scene-properties">
      <header>
        <h3 id="scene-properties">{t('wallDesk.scene')}</h3>
      </header>
      <Field label={t('wallDesk.title')} wrong={wrong('title')}>
        {(id) => (
          <Input
            id={id}
            value={scene.title}
            maxLength={TITLE_LETTERS}
            onChange={({ target }) => onChange({ title: target.value }, 'title')}
          />
        )}
      </Field>
      <Field label={t('wallDesk.seconds')} wrong={wrong('seconds')}>
        {(id) => (
          <InputNumber
            id={id}
            min={SCENE_SECONDS.least}
            max={SCENE_SECONDS.most}
            precision={0}
            value={scene.seconds}
            onChange={(seconds) => seconds !== null && onChange({ seconds }, 'seconds')}
          />
        )}
      </Field>
      <Wrong faults={wrong('panels')} />
      <h4>{t('wallDesk.cases')}</h4>
      <CaseFields
        source={scene.source}
        choices={choices}
        ofScene={false}
        onChange={(source) => onChange({ source })}
      />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: it holds the switch */}
      <label className="edit-switch">
        <Switch
          size="small"
          checked={scene.replay ?? false}
          onChange={(on) => onChange({ replay: on || undefined })}
        />
        {t('wallDesk.replay')}
      </label>
    </section>
  )
}
