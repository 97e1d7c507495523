import { useMemo } from 'react'
import { useMay } from '../../access/use-me.ts'
import { CasePanel } from '../../incidents/case-panel.tsx'
import { samePlace } from '../../incidents/same-place.ts'
import { useIncident } from '../../incidents/use-incident.ts'
import { NearestPlaces } from '../../places/nearest-places.tsx'
import type { Names } from '../../ui/names.ts'
import type { Theme } from '../../ui/palettes.ts'
import { cameraAt } from './camera-at.ts'
import type { Cases } from './use-cases.ts'
import type { ChangeView } from './use-view-state.ts'

interface SelectedCaseProps {
  id: number
  /** null: not yet known */
  cases: Cases | null
  names: Names
  theme: Theme
  /** seconds after 1970 */
  now: number
  change: ChangeView
}

/** One case's panel, with the way to the others at its place that pass the filters, and to its grid. */
export function SelectedCase({ id, cases, names, theme, now, change }: SelectedCaseProps) {
  const place = useMemo(
    () => (cases ? samePlace(cases.selection.columns, cases.rows, id) : null),
    [cases, id],
  )
  const { data: incident } = useIncident(id)
  const mayUnmask = useMay('contact.unmask')
  const show = (place: { lng: number; lat: number }) => change({ camera: cameraAt(place) })
  return (
    <>
      <CasePanel
        id={id}
        theme={theme}
        now={now}
        place={place}
        categoryName={names.category}
        isCategoryName={names.isCategory}
        departmentName={names.department}
        gridName={names.place}
        mayUnmask={mayUnmask}
        onPick={(incident) => change({ incident })}
        onOpenGrid={(grid) => change({ grid, incident: null })}
        onShow={show}
        onClose={() => change({ incident: null })}
      />
      <NearestPlaces spot={incident ?? null} onShow={show} />
    </>
  )
}
