import type { Language } from '../../../domain/district.ts'
import { alarmText, NOWHERE } from '../../../domain/wall/alarm-text.ts'
import type { RaisedAlarm } from '../../../domain/wall/raise-alarms.ts'
import type { Queryable } from '../../database/database.ts'
import {
  caseNumbers,
  categoryNames,
  gridNames,
  type Name,
  type NewRuleAlarm,
  type WatchedRules,
} from './raise-queries.ts'

/** An alarm that nobody acknowledges is shown no longer. */
const LASTS_MS = 30 * 60_000

/** What the walls say of alarms that a wall's rules raise at `now`, seconds after 1970. */
export async function describeAlarms(
  db: Queryable,
  { wallId, language }: WatchedRules,
  raised: readonly RaisedAlarm[],
  now: number,
  timeZone: string,
): Promise<NewRuleAlarm[]> {
  const categories = new Map(
    (await categoryNames(db, [...new Set(raised.flatMap((alarm) => alarm.categories))])).map((one) => [
      one.code,
      one,
    ]),
  )
  const grids = new Map(
    (await gridNames(db, [...new Set(raised.map(({ grid }) => grid))])).map((one) => [one.code, one]),
  )
  const numbers = await caseNumbers(
    db,
    raised.flatMap(({ cases }) => (cases.length === 1 ? cases : [])),
  )
  const clock = new Intl.DateTimeFormat('en', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return raised.map((alarm) => {
    const grid = grids.get(alarm.grid)
    const placeName = grid ? placeOf(grid, language) : NOWHERE[language]
    const names = {
      number: numbers.get(alarm.cases[0]!) ?? null,
      categoryName: (code: string) => nameOf(categories.get(code), language) ?? code,
      placeName,
      timeOfDay: (seconds: number) => clock.format(seconds * 1000),
    }
    return {
      wallId,
      ruleId: alarm.rule.id,
      language,
      lastsMs: lastsMs(alarm, now),
      title: alarm.rule.title,
      text: alarmText(alarm, names, now, language),
      level: alarm.level,
      placeCode: grid ? alarm.grid : '',
      placeName,
      areaCode: grid?.areaCode ?? '',
      lng: alarm.lng,
      lat: alarm.lat,
      incidentIds: alarm.cases,
    }
  })
}

/** "About to breach" is true until the deadline; it is shown at least for the time of its rule. */
function lastsMs({ rule, dueAt }: RaisedAlarm, now: number): number {
  if (dueAt === null) return LASTS_MS
  return Math.min(LASTS_MS, Math.max(dueAt - now, rule.seconds) * 1000)
}

const nameOf = (named: Pick<Name, 'name' | 'nameEn'> | undefined, language: Language): string | undefined =>
  language === 'en' ? (named?.nameEn ?? named?.name) : named?.name

function placeOf(
  { name, nameEn, areaName, areaNameEn }: Name & { areaName: string; areaNameEn: string | null },
  language: Language,
): string {
  const grid = nameOf({ name, nameEn }, language)!
  const area = nameOf({ name: areaName, nameEn: areaNameEn }, language)!
  // Many grids have the name of their community in their own
  if (grid.startsWith(area)) return grid
  return language === 'en' ? `${grid}, ${area}` : `${area}${grid}`
}
