import { DatePicker, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { When } from '../../../domain/wall/schedule.ts'
import { Chips } from '../../ui/chips.tsx'
import { useFormat } from '../../ui/format.ts'
import { Field } from './field.tsx'
import { without } from './wall-draft.ts'

interface WhenFieldsProps {
  when: When
  wrong(field: string): string[]
  onChange(when: When): void
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const HOURS = 'HH:mm'
const DAYS = 'YYYY-MM-DD'
const SOME_DAY = '2024-01-01'
/** A Monday. */
const SOME_MONDAY_S = Date.UTC(2024, 0, 1, 12) / 1000

/** Days of the week, hours, first and last day; what is left empty does not narrow it. */
export function WhenFields({ when, wrong, onChange }: WhenFieldsProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const change = (patch: { [Name in keyof When]?: When[Name] | undefined }) =>
    onChange(without({ ...when, ...patch }) as When)
  return (
    <div className="when-fields">
      <Field label={t('wallDesk.weekdays')}>
        {() => (
          <Chips
            label={t('wallDesk.weekdays')}
            chips={WEEKDAYS.map((day) => ({
              value: day,
              label: name.format((SOME_MONDAY_S + (day - 1) * 86_400) * 1000),
            }))}
            chosen={when.weekdays ?? []}
            onChange={(weekdays) => change({ weekdays: weekdays.length > 0 ? weekdays : undefined })}
          />
        )}
      </Field>
      {(['from', 'to'] as const).map((field) => (
        <Field key={field} label={t(`wallDesk.when.${field}`)} wrong={wrong(field)}>
          {(id) => (
            <TimePicker
              id={id}
              format={HOURS}
              minuteStep={5}
              needConfirm={false}
              placeholder="00:00"
              value={when[field] === undefined ? null : dayjs(`${SOME_DAY}T${when[field]}`)}
              onChange={(time) => change({ [field]: time?.format(HOURS) })}
            />
          )}
        </Field>
      ))}
      {(['firstDay', 'lastDay'] as const).map((field) => (
        <Field key={field} label={t(`wallDesk.when.${field}`)} wrong={wrong(field)}>
          {(id) => (
            <DatePicker
              id={id}
              format={DAYS}
              placeholder={DAYS}
              value={when[field] === undefined ? null : dayjs(when[field])}
              onChange={(day) => change({ [field]: day?.format(DAYS) })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
