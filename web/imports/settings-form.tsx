import { Checkbox, DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { AREA_LEVELS } from '../../domain/area.ts'
import type { ImportKind } from '../../domain/import-fields.ts'
import { type ImportOption, type ImportSettings, OPTION_NAMES } from '../../domain/import-options.ts'
import { useFormat } from '../ui/format.ts'
import { Suggestions } from '../ui/suggestions.tsx'
import { OPTIONS_OF_KIND } from './import-settings.ts'
import { ValuesEditor } from './values-editor.tsx'

interface SettingsFormProps {
  kind: ImportKind
  settings: ImportSettings
  /** layers to choose from; none: the file has only one */
  layers: readonly string[]
  /** rows have places */
  hasPlaces: boolean
  /** what is wrong with an option */
  faultsOf(option: ImportOption): readonly string[]
  onChange(change: Partial<ImportSettings>): void
}

const CRS_CODES = [
  'EPSG:4490',
  'EPSG:4326',
  'gcj02',
  'bd09',
  'EPSG:3857',
  'EPSG:4547',
  'EPSG:4548',
  'EPSG:4549',
]
const TIME_FORMS = ['YYYY-MM-DD HH:mm:ss', 'MM/DD/YYYY hh:mm:ss A', 'DD/MM/YYYY HH:mm', 'YYYY/MM/DD HH:mm']

/** The options of an import that matter to its kind, each with what is wrong with it next to it. */
export function SettingsForm(props: SettingsFormProps) {
  const { kind, layers, hasPlaces } = props
  const places: readonly ImportOption[] = ['crs', 'swapAxes']
  const options = OPTIONS_OF_KIND[kind].filter((option) => hasPlaces || !places.includes(option))
  return (
    <div className="settings-form">
      {layers.length > 0 && <Option {...props} option="layer" />}
      {options.map((option) => (
        <Option key={option} {...props} option={option} />
      ))}
    </div>
  )
}

function Option(props: SettingsFormProps & { option: ImportOption }) {
  const { option, faultsOf } = props
  const { t } = useTranslation()
  const { language } = useFormat()
  const id = useId()
  const faults = faultsOf(option)
  const name = OPTION_NAMES[option][language]
  const control = CONTROLS[option]({ ...props, id, name, isWrong: faults.length > 0 })
  return (
    <div className="setting" data-option={option} data-wrong={faults.length > 0}>
      {!OWN_LABEL.includes(option) && <label htmlFor={id}>{name}</label>}
      {control}
      {isExplained(option) && <p className="quiet">{t(`imports.help.${option}`)}</p>}
      {faults.map((fault) => (
        <p key={fault} className="field-fault" role="alert">
          {fault}
        </p>
      ))}
    </div>
  )
}

/** Options whose name alone does not say what they do. */
const EXPLAINED = ['codePrefix', 'codeDigits', 'areaLength', 'closed', 'values'] as const
const isExplained = (option: ImportOption): option is (typeof EXPLAINED)[number] =>
  EXPLAINED.some((one) => one === option)

type ControlProps = SettingsFormProps & { id: string; name: string; isWrong: boolean }

/** Options whose control says their name itself. */
const OWN_LABEL: readonly ImportOption[] = ['swapAxes', 'strict', 'closed']

const CONTROLS: Record<ImportOption, (props: ControlProps) => ReactNode> = {
  crs: (props) => <CrsControl {...props} />,
  layer: ({ id, settings, layers, onChange, isWrong }) => (
    <Select
      id={id}
      size="small"
      {...(isWrong && { status: 'error' as const })}
      value={settings.layer}
      options={layers.map((layer) => ({ value: layer, label: layer }))}
      onChange={(layer) => onChange({ layer })}
    />
  ),
  swapAxes: (props) => <Flag {...props} option="swapAxes" />,
  strict: (props) => <Flag {...props} option="strict" />,
  closed: (props) => <Flag {...props} option="closed" />,
  codePrefix: (props) => <TextControl {...props} option="codePrefix" />,
  attribution: (props) => <TextControl {...props} option="attribution" />,
  timeZone: (props) => <ZoneControl {...props} />,
  dateFormat: ({ id, settings, onChange, isWrong }) => (
    <Suggestions
      id={id}
      isWrong={isWrong}
      value={settings.dateFormat ?? ''}
      placeholder="YYYY-MM-DD HH:mm"
      options={TIME_FORMS.map((value) => ({ value, label: value }))}
      onChange={(text) => onChange({ dateFormat: text || null })}
    />
  ),
  codeDigits: (props) => <WholeNumber {...props} option="codeDigits" />,
  areaLength: (props) => <WholeNumber {...props} option="areaLength" />,
  areaLevel: (props) => <LevelControl {...props} />,
  validFrom: ({ id, settings, onChange, isWrong }) => (
    <DatePicker
      id={id}
      size="small"
      {...(isWrong && { status: 'error' as const })}
      value={settings.validFrom === null ? null : dayjs(settings.validFrom)}
      onChange={(day) => onChange({ validFrom: day ? day.format('YYYY-MM-DD') : null })}
    />
  ),
  toleranceM: ({ id, settings, onChange, isWrong }) => (
    <InputNumber
      id={id}
      size="small"
      min={0.01}
      max={100}
      suffix="m"
      {...(isWrong && { status: 'error' as const })}
      value={settings.toleranceM}
      onChange={(toleranceM) => onChange({ toleranceM: toleranceM ?? 1 })}
    />
  ),
  needsRepair: (props) => <RepairControl {...props} />,
  values: ({ kind, settings, onChange }) => (
    <ValuesEditor
      key={kind}
      kind={kind}
      values={settings.values}
      onChange={(values) => onChange({ values })}
    />
  ),
  map: () => null,
}

function Flag({
  name,
  settings,
  option,
  onChange,
}: ControlProps & { option: 'swapAxes' | 'strict' | 'closed' }) {
  return (
    <Checkbox checked={settings[option]} onChange={(event) => onChange({ [option]: event.target.checked })}>
      {name}
    </Checkbox>
  )
}

function TextControl({
  id,
  settings,
  option,
  isWrong,
  onChange,
}: ControlProps & { option: 'codePrefix' | 'attribution' }) {
  const isEmptyNull = option === 'attribution'
  return (
    <Input
      id={id}
      size="small"
      {...(isWrong && { status: 'error' as const })}
      value={settings[option] ?? ''}
      onChange={(event) => onChange({ [option]: event.target.value || (isEmptyNull ? null : '') })}
    />
  )
}

function WholeNumber({
  id,
  settings,
  option,
  isWrong,
  onChange,
}: ControlProps & { option: 'codeDigits' | 'areaLength' }) {
  const { t } = useTranslation()
  return (
    <InputNumber
      id={id}
      size="small"
      min={0}
      max={64}
      precision={0}
      placeholder={t('imports.asItIs')}
      {...(isWrong && { status: 'error' as const })}
      value={settings[option] || null}
      onChange={(value) => onChange({ [option]: value ?? 0 })}
    />
  )
}

function CrsControl({ id, settings, isWrong, onChange }: ControlProps) {
  const { t } = useTranslation()
  const options = CRS_CODES.map((value) => ({
    value,
    label: `${value} ${t(`imports.crs.${value.replace(':', '') as 'gcj02'}`)}`,
  }))
  return (
    <Suggestions
      id={id}
      isWrong={isWrong}
      value={settings.crs ?? ''}
      placeholder={t('imports.crsByFile')}
      options={options}
      onChange={(text) => onChange({ crs: text || null })}
    />
  )
}

function ZoneControl({ id, settings, isWrong, onChange }: ControlProps) {
  const { timeZone } = useFormat()
  return (
    <Select
      id={id}
      size="small"
      allowClear
      showSearch
      {...(isWrong && { status: 'error' as const })}
      value={settings.timeZone}
      placeholder={timeZone}
      options={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))}
      onChange={(zone) => onChange({ timeZone: zone ?? null })}
    />
  )
}

function LevelControl({ id, settings, isWrong, onChange }: ControlProps) {
  const { t } = useTranslation()
  return (
    <Select
      id={id}
      size="small"
      allowClear
      {...(isWrong && { status: 'error' as const })}
      value={settings.areaLevel}
      placeholder={t('imports.asItIs')}
      options={AREA_LEVELS.map((value) => ({ value, label: t(`density.unit.${value}`) }))}
      onChange={(level) => onChange({ areaLevel: level ?? null })}
    />
  )
}

function RepairControl({ id, settings, isWrong, onChange }: ControlProps) {
  const { t } = useTranslation()
  return (
    <Select
      id={id}
      size="small"
      {...(isWrong && { status: 'error' as const })}
      value={settings.needsRepair}
      options={(['refuse', 'import'] as const).map((value) => ({
        value,
        label: t(`imports.repair.${value}`),
      }))}
      onChange={(needsRepair) => onChange({ needsRepair })}
    />
  )
}
