import { Button, Popover, Segmented } from 'antd'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import type { ResolvedSpan } from './time-span.ts'
import { type CustomSpan, SPAN_PRESETS, type SpanChoice, type SpanPreset } from './view-state.ts'

// The calendar is large and seldom wanted
const CustomDays = lazy(() => import('./custom-days.tsx').then(({ CustomDays }) => ({ default: CustomDays })))

interface SpanPickerProps {
  span: ResolvedSpan
  onChange(span: SpanChoice): void
}

const isPreset = (value: string): value is SpanPreset => SPAN_PRESETS.some((preset) => preset === value)

/** Today, 24 h, 7 d, 30 d, or whole days from and to; on the district's clock. */
export function SpanPicker({ span, onChange }: SpanPickerProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const leave = () => {
    setOpen(false)
    button.current?.focus()
  }
  const format = useFormat()
  const custom = !isPreset(span.kind)
  return (
    <div className="span-picker">
      <Segmented<string>
        aria-label={t('span.label')}
        value={span.kind}
        options={SPAN_PRESETS.map((preset) => ({ value: preset, label: t(`span.${preset}`) }))}
        onChange={(value) => isPreset(value) && onChange(value)}
      />
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        destroyOnHidden
        content={
          <Suspense fallback={<p className="custom-days">{t('loading.short')}</p>}>
            <CustomDays
              span={span}
              timeZone={format.timeZone}
              onLeave={leave}
              onChange={(chosen) => {
                leave()
                onChange(chosen)
              }}
            />
          </Suspense>
        }
      >
        <Button
          ref={button}
          type={custom ? 'primary' : 'default'}
          ghost={custom}
          aria-expanded={open}
          aria-haspopup="dialog"
          data-span={`${span.from}-${span.to}`}
        >
          {custom ? t('span.days', daysText(span, format.date)) : t('span.custom')}
        </Button>
      </Popover>
    </div>
  )
}

/** First and last day of a span in words. */
export function daysText(span: CustomSpan, date: (seconds: number) => string): { from: string; to: string } {
  return { from: date(span.from), to: date(span.to - 1) }
}
