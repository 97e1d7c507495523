import { InputNumber, Slider, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../domain/district.ts'
import {
  DARKEST_NIGHT,
  MOST_MACHINES,
  type WallContent,
  WIDEST_SAFE_SIDE,
} from '../../../domain/wall/wall.ts'
import { useFormat } from '../../ui/format.ts'
import { LANGUAGE_NAMES } from '../../ui/language-and-theme.tsx'
import { THEMES } from '../../ui/palettes.ts'
import { Field } from './field.tsx'
import { Pick } from './pick.tsx'
import { WhenFields } from './when-fields.tsx'

interface WallSettingsProps {
  content: WallContent
  /** sentences about `field` of the content */
  wrong(field: string): string[]
  onChange(patch: { [Name in keyof WallContent]?: WallContent[Name] | undefined }, run?: string): void
}

const SIDES = ['left', 'top', 'right', 'bottom'] as const
const USUAL_NIGHT = { when: { from: '22:00', to: '06:00' }, brightness: 0.6 }
const USUAL_SPLIT = { columns: 2, rows: 1 }

/** What belongs to the whole wall: its words and colours, its frame, its nights, its machines. */
export function WallSettings({ content, wrong, onChange }: WallSettingsProps) {
  const { t } = useTranslation()
  const { percent } = useFormat()
  const { safeArea, night, split } = content
  return (
    <section className="desk-card panel wide-form" aria-labelledby="wall-settings">
      <h2 id="wall-settings">{t('wallDesk.settings')}</h2>
      <div className="rule-fields">
        <Pick
          label={t('wallDesk.language')}
          value={content.language}
          options={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
          onChange={(language) => onChange({ language })}
        />
        <Pick
          label={t('wallDesk.theme')}
          value={content.theme}
          options={THEMES.map((one) => ({ value: one, label: t(`wallDesk.themes.${one}`) }))}
          onChange={(theme) => onChange({ theme })}
        />
      </div>
      <h3>{t('wallDesk.safeArea')}</h3>
      <p className="quiet">{t('wallDesk.safeAreaText')}</p>
      <div className="rule-fields">
        {SIDES.map((side) => (
          <Field key={side} label={t(`wallDesk.side.${side}`)}>
            {(id) => (
              <InputNumber
                id={id}
                min={0}
                max={100 * WIDEST_SAFE_SIDE}
                step={0.5}
                suffix="%"
                value={Math.round(safeArea[side] * 1000) / 10}
                onChange={(value) =>
                  value !== null &&
                  onChange(
                    { safeArea: { ...safeArea, [side]: Math.round(value * 10) / 1000 } },
                    `safe ${side}`,
                  )
                }
              />
            )}
          </Field>
        ))}
      </div>
      <h3>{t('wallDesk.night')}</h3>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: it holds the switch */}
      <label className="edit-switch">
        <Switch
          size="small"
          checked={night !== undefined}
          onChange={(on) => onChange({ night: on ? USUAL_NIGHT : undefined })}
        />
        {t('wallDesk.nightOn')}
      </label>
      {night && (
        <>
          <div className="edit-field">
            <span>{t('wallDesk.brightness', { share: percent(night.brightness) })}</span>
            <Slider
              min={100 * DARKEST_NIGHT}
              max={100}
              step={5}
              value={Math.round(night.brightness * 100)}
              tooltip={{ formatter: null }}
              ariaLabelForHandle={t('wallDesk.brightness', { share: percent(night.brightness) })}
              onChange={(value) => onChange({ night: { ...night, brightness: value / 100 } }, 'brightness')}
            />
          </div>
          <WhenFields
            when={night.when}
            wrong={(field) => wrong(`night.when.${field}`)}
            onChange={(when) => onChange({ night: { ...night, when } })}
          />
        </>
      )}
      <h3>{t('wallDesk.split')}</h3>
      <p className="quiet">{t('wallDesk.splitText')}</p>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: it holds the switch */}
      <label className="edit-switch">
        <Switch
          size="small"
          checked={split !== undefined}
          onChange={(on) => onChange({ split: on ? USUAL_SPLIT : undefined })}
        />
        {t('wallDesk.splitOn')}
      </label>
      {split && (
        <div className="rule-fields">
          {(['columns', 'rows'] as const).map((side) => (
            <Field key={side} label={t(`wallDesk.splitSide.${side}`)}>
              {(id) => (
                <InputNumber
                  id={id}
                  min={1}
                  max={MOST_MACHINES}
                  precision={0}
                  value={split[side]}
                  onChange={(value) =>
                    value !== null && onChange({ split: { ...split, [side]: value } }, side)
                  }
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </section>
  )
}
