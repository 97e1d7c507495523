import { Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { BUSIEST_STREET } from '../../../domain/wall/panel.ts'
import { useFormat } from '../../ui/format.ts'
import { nameIn } from '../../ui/language.ts'
import type { Choices } from './choices.ts'
import { Field } from './field.tsx'

interface PickProps<T extends string | number> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  wrong?: readonly string[]
  onChange(value: T): void
}

/** One of a few. */
export function Pick<T extends string | number>({ label, value, options, wrong, onChange }: PickProps<T>) {
  return (
    <Field label={label} {...(wrong && { wrong })}>
      {(id) => (
        <Select
          id={id}
          value={value}
          options={[...options]}
          popupMatchSelectWidth={false}
          onChange={(chosen: T) => onChange(chosen)}
        />
      )}
    </Field>
  )
}

interface PickManyProps<T extends string | number> {
  label: string
  /** what none stands for */
  placeholder: string
  chosen: readonly T[] | undefined
  /** absent: as many as there are */
  most?: number
  options: readonly { value: T; label: string }[]
  wrong?: readonly string[]
  /** undefined: none is chosen, so all are meant */
  onChange(chosen: T[] | undefined): void
}

/** Any number of many; none means all. */
export function PickMany<T extends string | number>(props: PickManyProps<T>) {
  const { label, placeholder, chosen, most, options, wrong, onChange } = props
  return (
    <Field label={label} {...(wrong && { wrong })}>
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          {...(most !== undefined && { maxCount: most })}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={placeholder}
          value={[...(chosen ?? [])]}
          options={[...options]}
          onChange={(values: T[]) => onChange(values.length > 0 ? values : undefined)}
        />
      )}
    </Field>
  )
}

interface PickAreaProps {
  label: string
  /** what no area stands for; absent: one must be chosen */
  none?: string
  value: string | undefined
  choices: Choices
  wrong?: readonly string[]
  onChange(code: string | undefined): void
}

/** District, a street or a community, or whichever street has most to do. */
export function PickArea({ label, none, value, choices, wrong, onChange }: PickAreaProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const options = useMemo(
    () => [
      { value: BUSIEST_STREET, label: t('wallDesk.busiestStreet'), level: 'any' },
      ...choices.areas.map((area) => ({
        value: area.code,
        label: nameIn(language, area),
        level: area.level,
      })),
    ],
    [choices.areas, language, t],
  )
  return (
    <Field label={label} {...(wrong && { wrong })}>
      {(id) => (
        <Select
          id={id}
          allowClear={none !== undefined}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={none}
          value={value ?? null}
          options={options}
          optionRender={({ data }) => <span className={`area-option ${data.level}`}>{data.label}</span>}
          onChange={(code: string | null | undefined) => onChange(code ?? undefined)}
        />
      )}
    </Field>
  )
}
