import type { PlaceFeature } from '../../../domain/place.ts'
import { PlacePanel } from '../../places/place-panel.tsx'
import type { Names } from '../../ui/names.ts'
import { cameraAt } from './camera-at.ts'
import type { ChangeView } from './use-view-state.ts'

interface SelectedPlaceProps {
  /** null: there is none with this number; undefined: not yet known */
  place: PlaceFeature | null | undefined
  names: Names
  change: ChangeView
}

/** One place's panel, with the way to its grid. */
export function SelectedPlace({ place, names, change }: SelectedPlaceProps) {
  return (
    <PlacePanel
      place={place}
      gridName={names.place}
      onOpenGrid={(grid) => change({ grid, place: null })}
      onShow={(shown) => change({ camera: cameraAt(shown) })}
      onClose={() => change({ place: null })}
    />
  )
}
