import type { ImportContext, Outcome } from '../import-context.ts'
import { storedCode } from '../import-options.ts'
import { type RowCheck, settleRejects, stageRows } from '../stage-rows.ts'
import { type Period, readDay, readPeriod } from '../times/read-period.ts'
import { mergeIndicators, rejectUnknownPlaces } from './queries.ts'

const COLUMNS = {
  indicator_code: 'text COLLATE "C"',
  name: 'text',
  name_en: 'text',
  unit: 'text',
  place_code: 'text COLLATE "C"',
  period_from: 'date',
  period_to: 'date',
  value: 'double precision',
}

const VALUE = { min: -1e15, max: 1e15 }

function indicatorCheck({ options }: ImportContext): RowCheck<'indicators'> {
  return (fields) => {
    const indicator = fields.requiredText('indicator', 200)
    const place = storedCode(fields.requiredText('place', 64), options)
    const text = fields.text('period')
    const from = fields.text('periodFrom')
    const to = fields.text('periodTo')
    let period: Period | null = null
    if (text !== null) {
      period = readPeriod(text)
      if (!period) fields.reject('period', 'time-unreadable')
    } else if (from === null || to === null)
      fields.reject(from === null ? 'periodFrom' : 'periodTo', 'field-missing')
    else {
      const [first, last] = [readDay(from), readDay(to)]
      if (first === null || last === null)
        fields.reject(first === null ? 'periodFrom' : 'periodTo', 'time-unreadable')
      else if (last <= first) fields.reject('periodTo', 'period-reversed')
      else period = { from: first, to: last }
    }
    const value = fields.number('value', VALUE)
    if (value === null) fields.reject('value', 'field-missing')
    return {
      key: [indicator, place, period?.from, period?.to].join(' '),
      values: [
        indicator,
        fields.text('name', 200) ?? indicator,
        fields.text('nameEn', 200),
        fields.text('unit', 50),
        place,
        period?.from ?? null,
        period?.to ?? null,
        value,
      ],
    }
  }
}

/** Numbers of areas and grids per period; the end of a period is the first day after it. */
export async function importIndicators(context: ImportContext): Promise<Outcome> {
  await stageRows(context, 'indicators', 'indicator', COLUMNS, indicatorCheck(context))
  await rejectUnknownPlaces(context.db)
  await settleRejects<'indicators'>(context, 'indicator')
  return context.write(async (tx) => ({ ...(await mergeIndicators(tx)), summary: {} }))
}
