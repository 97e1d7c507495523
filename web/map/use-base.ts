import { useQuery } from '@tanstack/react-query'
import type { StyleSpecification } from 'maplibre-gl'
import { useMemo } from 'react'
import type { BaseMap } from '../../domain/district.ts'
import { getJson } from '../api/request.ts'
import type { Base } from './drawing.ts'
import type { TileSource } from './use-tile-sources.ts'

/** The base map the deployment chose, as far as it is known by now; `missing`: its style did not come. */
export function useBase(
  baseMap: BaseMap,
  tiles: TileSource | null,
): { base: Base; foreign: StyleSpecification | null; missing: boolean } {
  const url = baseMap.kind === 'style' ? baseMap.url : ''
  const { data: foreign = null, isError: missing } = useQuery({
    queryKey: ['base-style', url],
    queryFn: ({ signal }) => getJson<StyleSpecification>(url, signal),
    enabled: url !== '',
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  const base = useMemo((): Base => {
    if (baseMap.kind === 'tianditu') return { kind: 'tianditu', key: baseMap.key }
    if (baseMap.kind === 'tiles') return tiles ? { kind: 'tiles', tiles } : { kind: 'none' }
    return foreign ? { kind: 'style', style: foreign } : { kind: 'none' }
  }, [baseMap, tiles, foreign])
  return { base, foreign, missing }
}
