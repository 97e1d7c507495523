import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { LEVELS } from '../../../domain/incident.ts'
import { type AlarmRule, RULE_CASES, RULE_MINUTES, RULE_SECONDS } from '../../../domain/wall/alarm.ts'
import { MOST_CODES, TITLE_LETTERS } from '../../../domain/wall/panel.ts'
import { MOST_RULES, type WallContent } from '../../../domain/wall/wall.ts'
import { useFormat } from '../../ui/format.ts'
import { nameIn } from '../../ui/language.ts'
import type { Choices } from './choices.ts'
import { Field } from './field.tsx'
import { Pick, PickMany } from './pick.tsx'
import { freeId, without } from './wall-draft.ts'

interface AlarmsFormProps {
  content: WallContent
  choices: Choices
  /** sentences about `field` of the rules: `0.title` */
  wrong(field: string): string[]
  onChange(alarms: AlarmRule[], run?: string): void
}

/** When the wall calls for attention by itself. */
export function AlarmsForm({ content, choices, wrong, onChange }: AlarmsFormProps) {
  const { t } = useTranslation()
  const { alarms } = content
  const isFull = alarms.length >= MOST_RULES
  const add = () =>
    onChange([
      ...alarms,
      {
        id: freeId(
          'rule',
          alarms.map(({ id }) => id),
        ),
        title: t('wallDesk.newRule'),
        when: { kind: 'count', count: 1, withinMinutes: 10 },
        level: [1],
        seconds: 30,
        sound: false,
      },
    ])
  return (
    <section className="desk-card panel wide-form" aria-labelledby="alarms">
      <header>
        <h2 id="alarms">{t('wallDesk.rules')}</h2>
        <Button
          icon={<PlusOutlined aria-hidden />}
          disabled={isFull}
          {...(isFull && { title: t('wallDesk.full.rules', { most: MOST_RULES }) })}
          onClick={add}
        >
          {t('wallDesk.addRule')}
        </Button>
      </header>
      <p className="quiet">{t(alarms.length > 0 ? 'wallDesk.rulesText' : 'wallDesk.noRule')}</p>
      {alarms.map((rule, number) => (
        <RuleFields
          key={rule.id}
          rule={rule}
          content={content}
          choices={choices}
          wrong={(field) => wrong(`${number}.${field}`)}
          onChange={(next, run) =>
            onChange(
              alarms.map((one) => (one.id === rule.id ? next : one)),
              run && `${rule.id} ${run}`,
            )
          }
          onRemove={() => onChange(alarms.filter(({ id }) => id !== rule.id))}
        />
      ))}
    </section>
  )
}

interface RuleFieldsProps extends Omit<AlarmsFormProps, 'onChange'> {
  rule: AlarmRule
  onChange(rule: AlarmRule, run?: string): void
  onRemove(): void
}

const KINDS = ['count', 'due'] as const

function RuleFields({ rule, content, choices, wrong, onChange, onRemove }: RuleFieldsProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const { when } = rule
  const change = (patch: { [Name in keyof AlarmRule]?: AlarmRule[Name] | undefined }, run?: string) =>
    onChange(without({ ...rule, ...patch }) as AlarmRule, run)
  const number = (
    label: string,
    value: number,
    { least, most }: { least: number; most: number },
    onNumber: (value: number) => void,
  ) => (
    <Field label={label}>
      {(id) => (
        <InputNumber
          id={id}
          min={least}
          max={most}
          precision={0}
          value={value}
          onChange={(next) => next !== null && onNumber(next)}
        />
      )}
    </Field>
  )
  return (
    <article className="rule" aria-label={rule.title}>
      <header>
        <h3>{rule.title || t('wallDesk.untitled')}</h3>
        <Button
          size="small"
          danger
          icon={<DeleteOutlined />}
          title={t('wallDesk.remove')}
          aria-label={`${t('wallDesk.remove')} ${rule.title}`}
          onClick={onRemove}
        />
      </header>
      <div className="rule-fields">
        <Field label={t('wallDesk.title')} wrong={wrong('title')}>
          {(id) => (
            <Input
              id={id}
              value={rule.title}
              maxLength={TITLE_LETTERS}
              onChange={({ target }) => change({ title: target.value }, 'title')}
            />
          )}
        </Field>
        <Pick
          label={t('wallDesk.ruleKind')}
          value={when.kind}
          options={KINDS.map((kind) => ({ value: kind, label: t(`wallDesk.ruleKinds.${kind}`) }))}
          onChange={(kind) =>
            change({
              when:
                kind === 'due'
                  ? { kind, withinMinutes: when.withinMinutes }
                  : { kind, count: 1, withinMinutes: when.withinMinutes },
            })
          }
        />
        {when.kind === 'count' &&
          number(t('wallDesk.ruleCount'), when.count, RULE_CASES, (count) =>
            change({ when: { ...when, count } }, 'count'),
          )}
        {number(t(`wallDesk.ruleMinutes.${when.kind}`), when.withinMinutes, RULE_MINUTES, (withinMinutes) =>
          change({ when: { ...when, withinMinutes } }, 'minutes'),
        )}
        <PickMany
          label={t('filter.category')}
          placeholder={t('wallDesk.all')}
          chosen={rule.category}
          most={MOST_CODES}
          options={choices.categories.map((one) => ({ value: one.code, label: nameIn(language, one) }))}
          onChange={(category) => change({ category })}
        />
        <PickMany
          label={t('filter.level')}
          placeholder={t('wallDesk.all')}
          chosen={rule.level}
          options={LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }))}
          onChange={(level) => change({ level })}
        />
        <Pick
          label={t('wallDesk.ruleScene')}
          value={rule.scene ?? ''}
          wrong={wrong('scene')}
          options={[
            { value: '', label: t('wallDesk.ruleSceneNone') },
            ...content.scenes.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          onChange={(scene) => change({ scene: scene || undefined })}
        />
        {number(t('wallDesk.ruleSeconds'), rule.seconds, RULE_SECONDS, (seconds) =>
          change({ seconds }, 'seconds'),
        )}
        {/* biome-ignore lint/a11y/noLabelWithoutControl: it holds the switch */}
        <label className="edit-switch">
          <Switch size="small" checked={rule.sound} onChange={(sound) => change({ sound })} />
          {t('wallDesk.sound')}
        </label>
      </div>
    </article>
  )
}
