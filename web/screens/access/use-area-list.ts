import { useMemo } from 'react'
import type { AreaProperties } from '../../../domain/area.ts'
import { useAreas } from '../../areas/use-areas.ts'

/** District, streets and communities without their shapes. */
export function useAreaList(): readonly AreaProperties[] {
  const { data } = useAreas()
  return useMemo(() => data?.features.map(({ properties }) => properties) ?? [], [data])
}
