import type { Language } from '../district.ts'
import type { RaisedAlarm } from './raise-alarms.ts'

/** What an alarm says beside its codes. */
export interface AlarmNames {
  /** of the case it is about, where it is about one */
  number: string | null
  /** of a category, by its code */
  categoryName(code: string): string
  placeName: string
  /** the time of day that a clock of the district shows at `seconds` after 1970, `14:30` */
  timeOfDay(seconds: number): string
}

const MOST_KINDS = 3

/** The text of an alarm that is raised at `now`, seconds after 1970; its title is that of the rule. */
export function alarmText(alarm: RaisedAlarm, names: AlarmNames, now: number, language: Language): string {
  const say = SENTENCES[language]
  const { rule, categories, dueAt } = alarm
  const { placeName } = names
  const kinds = kindsOf(categories, names)
  if (rule.when.kind === 'count' && rule.when.count > 1) {
    const named = kinds.slice(0, MOST_KINDS).map(([name, count]) => say.kind(name, count))
    const others = kinds.slice(MOST_KINDS).reduce((sum, [, count]) => sum + count, 0)
    return say.many(placeName, categories.length, rule.when.withinMinutes, [
      ...named,
      ...(others > 0 ? [say.others(others)] : []),
    ])
  }
  const [category] = kinds[0]!
  const number = names.number ?? ''
  if (dueAt === null) return say.one(placeName, category, number)
  return say.due(
    placeName,
    category,
    number,
    names.timeOfDay(dueAt),
    Math.max(1, Math.floor((dueAt - now) / 60)),
  )
}

/** Names with their counts, the most frequent first. */
function kindsOf(codes: readonly string[], { categoryName }: AlarmNames): [name: string, count: number][] {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(categoryName(code), (counts.get(categoryName(code)) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}

interface Sentences {
  kind(name: string, count: number): string
  others(count: number): string
  many(place: string, count: number, minutes: number, kinds: string[]): string
  one(place: string, category: string, number: string): string
  due(place: string, category: string, number: string, time: string, minutes: number): string
}

const SENTENCES: Record<Language, Sentences> = {
  'zh-CN': {
    kind: (name, count) => `${name}${count}件`,
    others: (count) => `其他${count}件`,
    many: (place, count, minutes, kinds) => `${place}：${minutes}分钟内${count}件（${kinds.join('、')}）`,
    one: (place, category, number) => `${place}：${category}，案件${number}`,
    due: (place, category, number, time, minutes) =>
      `${place}：${category}，案件${number}，${time}到期，剩余${minutes}分钟`,
  },
  en: {
    kind: (name, count) => `${count} × ${name}`,
    others: (count) => `${count} × other`,
    many: (place, count, minutes, kinds) =>
      `${place}: ${count} cases within ${minutes} min (${kinds.join(', ')})`,
    one: (place, category, number) => `${place}: ${category}, case ${number}`,
    due: (place, category, number, time, minutes) =>
      `${place}: ${category}, case ${number}, due at ${time}, ${minutes} min left`,
  },
}

/** The place of an alarm that lies outside all grids. */
export const NOWHERE: Record<Language, string> = { 'zh-CN': '网格之外', en: 'Outside all grids' }
