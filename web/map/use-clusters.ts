import { useMemo } from 'react'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { type Cluster, clusters } from '../incidents/clusters.ts'
import type { Frame } from './use-frame.ts'

interface Props {
  /** whether cases are drawn at all */
  drawn: boolean
  incidents: IncidentColumns | null
  rows: Uint32Array | null
  frame: Frame
}

/** The bubbles of cases while the map is too far off for single ones: deck.gl and the map's names share them. */
export function useClusters({ drawn, incidents, rows, frame: { close, zoom } }: Props): Cluster[] | null {
  return useMemo(
    () => (incidents && rows && drawn && !close ? clusters(incidents, rows, zoom) : null),
    [incidents, rows, drawn, close, zoom],
  )
}
