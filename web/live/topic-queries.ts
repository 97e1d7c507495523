import type { QueryKey } from '@tanstack/react-query'
import type { LiveChanges } from '../../domain/live/live-event.ts'

/** What else on the screen comes from a table, by the first word of its query; its own name is always among it. */
const ALSO: Record<string, readonly string[]> = {
  areas: ['district', 'tiles'],
  grids: ['district', 'grid-history', 'tiles'],
  buildings: ['district', 'building', 'tiles'],
  categories: ['departments'],
  places: ['nearest places'],
  base_features: ['tiles'],
  incidents: ['incident', 'transitions'],
  // A screen asks for the wall that was chosen for it
  wall_devices: ['walls'],
}

/** Which of the page's queries say something else since what is told changed. */
export function asksAnew({ cases, gone, topics }: LiveChanges): (key: QueryKey) => boolean {
  const words = new Set(topics.flatMap((topic) => [topic, ...(ALSO[topic] ?? [])]))
  const ids = new Set([...cases.map(({ id }) => id), ...gone])
  return ([word, id]) => {
    // Columns are patched
    if (word === 'columns') return false
    if (words.has(String(word))) return true
    if (ids.size === 0) return false
    return word === 'incidents' || ((word === 'incident' || word === 'transitions') && ids.has(Number(id)))
  }
}
