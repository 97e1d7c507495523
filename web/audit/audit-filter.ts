import { AUDIT_OUTCOMES, type AuditFilter, type AuditOutcome } from '../../domain/audit.ts'
import { addDays, type Day, startOfDay } from '../../domain/local-day.ts'

/** What of the audit is looked at; null: all of it. */
export interface AuditView {
  /** first and last day on the district's clock, both included */
  first: Day | null
  last: Day | null
  who: string | null
  action: string | null
  subject: string | null
  outcome: AuditOutcome | null
}

export const WHOLE_AUDIT: AuditView = {
  first: null,
  last: null,
  who: null,
  action: null,
  subject: null,
  outcome: null,
}

const day = (text: string | null): Day | null =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null

/** As an address names it; what it does not know stands for all. */
export function readAuditView(query: URLSearchParams): AuditView {
  return {
    first: day(query.get('first')),
    last: day(query.get('last')),
    who: query.get('who') || null,
    action: query.get('action') || null,
    subject: query.get('subject') || null,
    outcome: AUDIT_OUTCOMES.find((one) => one === query.get('outcome')) ?? null,
  }
}

/** The same for the server, whose times are moments. */
export function filterOf(
  { first, last, who, action, subject, outcome }: AuditView,
  timeZone: string,
): AuditFilter {
  const moment = (start: Day) => new Date(startOfDay(start, timeZone) * 1000).toISOString()
  return {
    ...(first && { from: moment(first) }),
    ...(last && { to: moment(addDays(last, 1)) }),
    ...(who && { who }),
    ...(action && { action }),
    ...(subject && { subject }),
    ...(outcome && { outcome }),
  }
}
