import { AutoComplete, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '../../domain/audit.ts'
import { useWord } from '../ui/use-word.ts'
import { type AuditView, WHOLE_AUDIT } from './audit-filter.ts'
import { subjectOf, subjectText } from './subject.ts'
import { useSubjectTexts } from './use-subject-texts.ts'

interface AuditFiltersProps {
  view: AuditView
  onView(view: AuditView): void
  names: readonly string[]
}

/** What is looked for most often, each with one click. */
const PRESETS = {
  all: {},
  unmasked: { action: 'contact.unmask' },
  refused: { outcome: 'refused' },
  signIns: { action: 'sign-in' },
  exports: { action: 'audit.export' },
} as const satisfies Record<string, Partial<AuditView>>

type Preset = keyof typeof PRESETS

export function AuditFilters({ view, onView, names }: AuditFiltersProps) {
  const { t } = useTranslation()
  const word = useWord()
  const actionText = (one: string) => word(`audit.action.${one}`) ?? one
  const { first, last, action, outcome } = view
  const days = { first, last }
  const groups = Object.entries(AUDIT_ACTIONS) as [keyof typeof AUDIT_ACTIONS, readonly string[]][]
  const isKnown = action === null || groups.some(([, actions]) => actions.includes(action))
  const options = [
    ...groups.map(([group, actions]) => ({
      label: t(`audit.group.${group}`),
      options: actions.map((value) => ({ value, label: actionText(value) })),
    })),
    // An address may name any
    ...(isKnown
      ? []
      : [{ label: t('audit.group.others'), options: [{ value: action, label: actionText(action) }] }]),
  ]
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset draws and lays out differently for no gain */}
      <div className="chips" role="group" aria-label={t('audit.presets')}>
        {(Object.keys(PRESETS) as Preset[]).map((preset) => {
          const wanted = { ...WHOLE_AUDIT, ...days, ...PRESETS[preset] }
          return (
            <button
              key={preset}
              type="button"
              className="chip"
              data-preset={preset}
              aria-pressed={JSON.stringify(view) === JSON.stringify(wanted)}
              onClick={() => onView(wanted)}
            >
              {t(`audit.preset.${preset}`)}
            </button>
          )
        })}
      </div>
      <div className="audit-filters">
        {(['first', 'last'] as const).map((end) => (
          <Field key={end} label={t(`span.${end}`)}>
            {(id) => (
              <DatePicker
                id={id}
                value={view[end] === null ? null : dayjs(view[end])}
                disabledDate={(day) => isBeyond(day.format('YYYY-MM-DD'), end, days)}
                placeholder={t('audit.any')}
                onChange={(day) => onView({ ...view, [end]: day ? day.format('YYYY-MM-DD') : null })}
              />
            )}
          </Field>
        ))}
        <Field label={t('audit.field.who')}>
          {(id) => <Who key={view.who} id={id} view={view} onView={onView} names={names} />}
        </Field>
        <Field label={t('audit.field.action')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('audit.any')}
              value={action}
              options={options}
              onChange={(chosen) => onView({ ...view, action: chosen ?? null })}
            />
          )}
        </Field>
        <Field label={t('audit.field.subject')}>
          {(id) => <Subject key={view.subject} id={id} view={view} onView={onView} />}
        </Field>
        <Field label={t('audit.field.outcome')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={t('audit.any')}
              value={outcome}
              options={AUDIT_OUTCOMES.map((value) => ({ value, label: t(`audit.outcome.${value}`) }))}
              onChange={(chosen) => onView({ ...view, outcome: chosen ?? null })}
            />
          )}
        </Field>
      </div>
    </>
  )
}

const isBeyond = (day: string, end: 'first' | 'last', { first, last }: Pick<AuditView, 'first' | 'last'>) =>
  end === 'first' ? last !== null && day > last : first !== null && day < first

function Field({ label, children }: { label: string; children(id: string): ReactNode }) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

type TextProps = Pick<AuditFiltersProps, 'view' | 'onView'> & { id: string }

/** Takes effect once it is whole, not with every letter. */
function Who({ id, view, onView, names }: TextProps & { names: readonly string[] }) {
  const { t } = useTranslation()
  const [text, setText] = useState(view.who ?? '')
  const take = (name: string) => {
    const who = name.trim() || null
    if (who !== view.who) onView({ ...view, who })
  }
  return (
    <AutoComplete
      id={id}
      allowClear
      showSearch={{ filterOption: true }}
      placeholder={t('audit.any')}
      value={text}
      options={names.map((value) => ({ value }))}
      onChange={(typed?: string) => {
        setText(typed ?? '')
        if (!typed) take('')
      }}
      onSelect={(name?: string) => take(name ?? '')}
      onBlur={() => take(text)}
      onInputKeyDown={({ key }) => key === 'Enter' && take(text)}
    />
  )
}

function Subject({ id, view, onView }: TextProps) {
  const { t } = useTranslation()
  const texts = useSubjectTexts()
  const [text, setText] = useState(view.subject === null ? '' : subjectText(view.subject, texts))
  const take = () => {
    const subject = subjectOf(text, texts) || null
    if (subject !== view.subject) onView({ ...view, subject })
  }
  return (
    <Input
      id={id}
      allowClear
      placeholder={t('audit.subjectHint')}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onClear={() => view.subject !== null && onView({ ...view, subject: null })}
      onBlur={take}
      onPressEnter={take}
    />
  )
}
