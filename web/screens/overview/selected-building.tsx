import type { Position } from '../../../domain/geometry.ts'
import { BuildingPanel } from '../../buildings/building-panel.tsx'
import type { Names } from '../../ui/names.ts'
import { cameraAt } from './camera-at.ts'
import type { ChangeView } from './use-view-state.ts'

interface SelectedBuildingProps {
  id: number
  /** null: not yet known */
  spot: Position | null
  names: Names
  change: ChangeView
}

/** One building's panel, with the way to its grid. */
export function SelectedBuilding({ id, spot, names, change }: SelectedBuildingProps) {
  return (
    <BuildingPanel
      id={id}
      gridName={names.place}
      onOpenGrid={(grid) => change({ grid, building: null })}
      onShow={() => spot && change({ camera: cameraAt({ lng: spot[0], lat: spot[1] }) })}
      onClose={() => change({ building: null })}
    />
  )
}
