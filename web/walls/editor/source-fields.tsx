import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { LEVELS, STATUSES } from '../../../domain/incident.ts'
import {
  type CaseSource,
  MOST_CODES,
  SOON_HOURS,
  type Source,
  WALL_SPANS,
  type WallSpan,
} from '../../../domain/wall/panel.ts'
import { useFormat } from '../../ui/format.ts'
import { nameIn } from '../../ui/language.ts'
import type { Choices } from './choices.ts'
import { Pick, PickArea, PickMany } from './pick.tsx'
import { without } from './wall-draft.ts'

type CasePatch = { [Name in keyof CaseSource]?: CaseSource[Name] | undefined }

interface CaseFieldsProps {
  source: CaseSource
  choices: Choices
  /** it may leave out what it takes from its scene */
  ofScene: boolean
  onChange(source: CaseSource): void
}

/** Which cases: of which span, place and kind. */
export function CaseFields({ source, choices, ofScene, onChange }: CaseFieldsProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const change = (patch: CasePatch) => onChange(without({ ...source, ...patch }) as CaseSource)
  const named = (items: readonly { code: string; name: string; nameEn: string | null }[]) =>
    items.map((item) => ({ value: item.code, label: nameIn(language, item) }))
  const all = t(ofScene ? 'wallDesk.asScene' : 'wallDesk.all')
  const spans = WALL_SPANS.map((span) => ({ value: span as WallSpan | '', label: t(`span.${span}`) }))
  return (
    <>
      <Pick
        label={t('span.label')}
        value={source.span ?? (ofScene ? '' : '24h')}
        options={ofScene ? [{ value: '' as const, label: all }, ...spans] : spans}
        onChange={(span) => change({ span: span === '' ? undefined : span })}
      />
      <PickArea
        label={t('wallDesk.area')}
        none={ofScene ? all : t('wallDesk.everywhere')}
        value={source.area}
        choices={choices}
        onChange={(area) => change({ area })}
      />
      <PickMany
        label={t('filter.category')}
        placeholder={all}
        chosen={source.category}
        most={MOST_CODES}
        options={named(choices.categories)}
        onChange={(category) => change({ category })}
      />
      <PickMany
        label={t('filter.level')}
        placeholder={all}
        chosen={source.level}
        options={LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }))}
        onChange={(level) => change({ level })}
      />
      <PickMany
        label={t('filter.status')}
        placeholder={all}
        chosen={source.status}
        options={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        onChange={(status) => change({ status })}
      />
      <PickMany
        label={t('wallDesk.department')}
        placeholder={all}
        chosen={source.department}
        most={MOST_CODES}
        options={named(choices.departments)}
        onChange={(department) => change({ department })}
      />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: it holds the switch */}
      <label className="edit-switch">
        <Switch
          size="small"
          checked={source.pressing ?? false}
          onChange={(on) => change({ pressing: on || undefined })}
        />
        {t('wallDesk.pressing', { hours: SOON_HOURS })}
      </label>
    </>
  )
}

interface OwnSourceProps {
  source: Source | undefined
  choices: Choices
  onChange(source: Source | undefined): void
}

/** What a panel tells of when it is not its scene's cases. */
export function OwnSource({ source, choices, onChange }: OwnSourceProps) {
  const { t } = useTranslation()
  if (source && source.kind !== 'incidents') {
    return <p className="quiet">{t('wallDesk.otherSource', { kind: source.kind })}</p>
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: it holds the switch */}
      <label className="edit-switch">
        <Switch
          size="small"
          checked={source !== undefined}
          onChange={(own) => onChange(own ? { kind: 'incidents' } : undefined)}
        />
        {t('wallDesk.ownCases')}
      </label>
      {source && <CaseFields source={source} choices={choices} ofScene onChange={onChange} />}
    </>
  )
}
