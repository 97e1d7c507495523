import type { Intake } from '../../../domain/incident.ts'
import { type FieldReader, ownValue } from '../field-reader.ts'
import { EwkbWriter } from '../geometry/ewkb.ts'
import { pointOf } from '../geometry/row-geometry.ts'
import type { ImportContext } from '../import-context.ts'
import { ImportRefused } from '../import-refused.ts'
import type { RowCheck } from '../stage-rows.ts'
import type { StagingColumns } from '../staging.ts'
import { statedTimeReader, timeReader } from '../times/read-time.ts'
import { ZonedClock } from '../times/zoned-time.ts'
import type { CodeBook } from './code-book.ts'
import { INTAKE_WORDS, LEVEL_WORDS } from './words.ts'

export const INCIDENT_COLUMNS: StagingColumns = {
  category_code: 'text COLLATE "C"',
  level: 'smallint',
  intake: 'text',
  title: 'text',
  description: 'text',
  address: 'text',
  department_code: 'text COLLATE "C"',
  geom: 'geometry(Point, 4326)',
  reported_at: 'timestamptz',
  due_at: 'timestamptz',
  closed_at: 'timestamptz',
}

/** What a row may name, and what is counted while rows are checked. */
export interface IncidentBooks {
  categories: CodeBook
  departments: CodeBook
  /** rows by intake words that are not known */
  unknownIntakes: Map<string, number>
}

const ORDINARY = '3'
// Clocks of two machines differ
const FUTURE_MS = 5 * 60_000

/** @throws ImportRefused when time zone or form of times cannot be used */
export function incidentCheck(context: ImportContext, books: IncidentBooks): RowCheck<'incidents'> {
  const { options, extent, now } = context
  const readTime = incidentTimeReader(context)
  const latest = now.getTime() + FUTURE_MS
  const ewkb = new EwkbWriter()

  function time(fields: FieldReader<'incidents'>, field: 'reportedAt' | 'dueAt' | 'closedAt'): number | null {
    const text = fields.text(field)
    if (text === null) return null
    const read = readTime(text)
    if (typeof read === 'number') return read
    fields.reject(field, read)
    return null
  }

  function past(fields: FieldReader<'incidents'>, field: 'reportedAt' | 'closedAt'): number | null {
    const at = time(fields, field)
    if (at !== null && at > latest) fields.reject(field, 'time-in-future')
    return at
  }

  return (fields, row, toLngLat) => {
    const key = fields.requiredText('number', 100)
    const category = fields.requiredText('category', 200)
    const reportedAt = past(fields, 'reportedAt')
    if (reportedAt === null && !fields.fault) fields.reject('reportedAt', 'field-missing')
    const dueAt = time(fields, 'dueAt')
    const closedAt = options.closed ? reportedAt : past(fields, 'closedAt')
    if (closedAt !== null && reportedAt !== null && closedAt < reportedAt) {
      fields.reject('closedAt', 'closed-before-reported')
    }
    const department = fields.text('department', 200)
    const level = fields.choice('level', ['1', '2', '3', '4'], LEVEL_WORDS) ?? ORDINARY
    const point = pointOf(fields, row, toLngLat, extent)
    const parent = fields.text('categoryParent', 200)
    // Nothing is entered into a book for the sake of a rejected row
    if (fields.fault) return { key, values: [] }
    return {
      key,
      values: [
        books.categories.codeOf(category, parent),
        level,
        intakeOf(fields, books),
        fields.text('title', 400),
        fields.text('description', 10_000),
        fields.text('address'),
        department && books.departments.codeOf(department),
        point && ewkb.point(...point),
        iso(reportedAt),
        iso(dueAt),
        iso(closedAt),
      ],
    }
  }
}

function incidentTimeReader({ options, config }: ImportContext) {
  const { timeZone, dateFormat } = options
  const clock = clockOf(timeZone ?? config.timeZone)
  const reader = dateFormat === null ? timeReader(clock) : statedTimeReader(dateFormat, clock)
  if (reader) return reader
  throw new ImportRefused('option-unusable.date-format', { form: dateFormat ?? '' })
}

function clockOf(timeZone: string): ZonedClock {
  try {
    return new ZonedClock(timeZone)
  } catch {
    throw new ImportRefused('option-unusable.time-zone', { zone: timeZone })
  }
}

function intakeOf(fields: FieldReader<'incidents'>, { unknownIntakes }: IncidentBooks): Intake {
  const word = fields.text('intake')?.toLowerCase()
  if (word === undefined) return 'public'
  const intake = ownValue(INTAKE_WORDS, word)
  if (intake === undefined) unknownIntakes.set(word, (unknownIntakes.get(word) ?? 0) + 1)
  return intake ?? 'public'
}

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())
