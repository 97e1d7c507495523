import type { FieldFault } from '../problem.ts'
import { overlaps } from './box.ts'
import { type Box, BUSIEST_STREET, LAYOUT, type Panel } from './panel.ts'
import type { Scene } from './scene.ts'
import type { When } from './schedule.ts'
import type { WallContent } from './wall.ts'

/** More figures than that nobody reads across a room. */
const MOST_FIGURES = 7

/** What the schema cannot tell: each with the field below `content` and the remedy; none: the wall can be shown. */
export function checkWall(content: WallContent): FieldFault[] {
  const sceneIds = new Set(content.scenes.map(({ id }) => id))
  return [
    ...repeated('scenes', content.scenes),
    ...content.scenes.flatMap(checkScene),
    ...content.programmes.flatMap(({ when, scenes }, number) => [
      ...checkWhen(`programmes.${number}.when`, when),
      ...scenes.flatMap((id, place) => absentScene(sceneIds, id, `programmes.${number}.scenes.${place}`)),
    ]),
    ...repeated('alarms', content.alarms),
    ...content.alarms.flatMap(({ scene }, number) =>
      scene === undefined ? [] : absentScene(sceneIds, scene, `alarms.${number}.scene`),
    ),
    ...(content.night ? checkWhen('night.when', content.night.when) : []),
  ]
}

function checkScene({ map, panels }: Scene, number: number): FieldFault[] {
  const field = `scenes.${number}`
  const figures = panels.filter(({ kind }) => kind === 'figure').length
  return [
    ...checkBox(`${field}.map.box`, map.box),
    ...repeated(`${field}.panels`, panels),
    ...panels.flatMap(({ box }, panel) => checkBox(`${field}.panels.${panel}.box`, box)),
    ...stacked(`${field}.panels`, panels),
    ...(figures > MOST_FIGURES
      ? [
          fault(
            `${field}.panels`,
            `hold ${figures} figures`,
            `Show at most ${MOST_FIGURES} in a scene: put the others into another one.`,
          ),
        ]
      : []),
  ]
}

function checkBox(field: string, { x, y, width, height }: Box): FieldFault[] {
  if (x + width <= LAYOUT.columns && y + height <= LAYOUT.rows) return []
  const reason = `reaches beyond the ${LAYOUT.columns} columns and ${LAYOUT.rows} rows of the layout`
  return [fault(field, reason, 'Move it or make it smaller.')]
}

/** Of each panel the first one before it that it lies over. Panels may cover the map. */
function stacked(field: string, panels: readonly Panel[]): FieldFault[] {
  return panels.flatMap((panel, number) => {
    const under = panels.findIndex((other, before) => before < number && overlaps(panel.box, other.box))
    if (under < 0) return []
    const reason = `lies over the panel ${panels[under]!.id}`
    return [fault(`${field}.${number}.box`, reason, 'Move one of the two or make it smaller.')]
  })
}

function repeated(field: string, things: readonly { id: string }[]): FieldFault[] {
  const seen = new Set<string>()
  return things.flatMap(({ id }, number) => {
    const isNew = !seen.has(id)
    seen.add(id)
    return isNew
      ? []
      : [fault(`${field}.${number}.id`, `${id} is there already`, 'Give it an id of its own.')]
  })
}

const absentScene = (known: ReadonlySet<string>, id: string, field: string): FieldFault[] =>
  known.has(id) ? [] : [fault(field, `there is no scene ${id}`, 'Name a scene of this wall.')]

function checkWhen(field: string, { from, to, firstDay, lastDay }: When): FieldFault[] {
  const faults: FieldFault[] = []
  if ((from === undefined) !== (to === undefined)) {
    const missing = from === undefined ? 'from' : 'to'
    faults.push(fault(`${field}.${missing}`, 'is missing', 'State both hours, or none for the whole day.'))
  } else if (from !== undefined && from === to) {
    faults.push(fault(`${field}.to`, 'is the hour it begins at', 'Leave both out for the whole day.'))
  }
  for (const [name, day] of Object.entries({ firstDay, lastDay })) {
    if (day !== undefined && !isDay(day))
      faults.push(fault(`${field}.${name}`, `${day} is in no calendar`, 'Correct the day.'))
  }
  if (firstDay !== undefined && lastDay !== undefined && firstDay > lastDay) {
    faults.push(fault(`${field}.lastDay`, 'lies before the first day', 'Send a day that is not earlier.'))
  }
  return faults
}

/** The thirtieth of February is read as a day of March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return Number.isFinite(day.getTime()) && day.toISOString().startsWith(text)
}

const fault = (field: string, reason: string, remedy: string): FieldFault => ({
  field: `content.${field}`,
  reason,
  remedy,
})

/** The codes of areas that a wall names, each with its field. */
export function areasOfWall({ scenes }: WallContent): { field: string; code: string }[] {
  const named: { field: string; code: string }[] = []
  const name = (field: string, code: string | undefined) => {
    if (code && code !== BUSIEST_STREET) named.push({ field: `content.${field}`, code })
  }
  scenes.forEach(({ source, map, panels }, number) => {
    name(`scenes.${number}.source.area`, source.area)
    if (map.camera.kind === 'area') name(`scenes.${number}.map.camera.area`, map.camera.area)
    if (map.source?.kind === 'incidents') name(`scenes.${number}.map.source.area`, map.source.area)
    panels.forEach((panel, place) => {
      if (panel.source?.kind === 'incidents')
        name(`scenes.${number}.panels.${place}.source.area`, panel.source.area)
    })
  })
  return named
}
