import { DatePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { addDays, dayOf, startOfDay } from '../../../domain/local-day.ts'
import type { CustomSpan } from './view-state.ts'

interface CustomDaysProps {
  span: CustomSpan
  timeZone: string
  onChange(span: CustomSpan): void
  onLeave(): void
}

/** First and last day of a span. */
export function CustomDays({ span, timeZone, onChange, onLeave }: CustomDaysProps) {
  const { t } = useTranslation()
  // Only the calendar day of these is ever read: the browser's own time zone plays no part
  const shown: [Dayjs, Dayjs] = [dayjs(dayOf(span.from, timeZone)), dayjs(dayOf(span.to - 1, timeZone))]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves from whatever has the focus inside
    <div className="custom-days" onKeyDown={({ key }) => key === 'Escape' && onLeave()}>
      <p>{t('span.customHint', { timeZone })}</p>
      <DatePicker.RangePicker
        autoFocus
        defaultOpen
        allowClear={false}
        defaultValue={shown}
        placeholder={[t('span.first'), t('span.last')]}
        onChange={(days) => {
          const [first, last] = days ?? []
          if (!first || !last) return
          onChange({
            from: startOfDay(first.format('YYYY-MM-DD'), timeZone),
            to: startOfDay(addDays(last.format('YYYY-MM-DD'), 1), timeZone),
          })
        }}
      />
    </div>
  )
}
