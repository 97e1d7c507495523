import type { VectorSourceSpecification } from 'maplibre-gl'
import type { Bbox } from '../../domain/geometry.ts'
import type { TileJson, TileLayerName } from '../../domain/tile.ts'
import { ApiError, parseJson, revalidate, type Versioned } from '../api/request.ts'
import { useRevalidated } from '../api/use-revalidated.ts'

/** A source whose TileJSON has been read, so that MapLibre has nothing to fetch before the tiles. */
export type TileSource = VectorSourceSpecification & { tiles: string[] }

export type TileSources = Record<TileLayerName, TileSource | null>

/** The vector tiles of this server; null while they are unknown, and where the server has none. */
export function useTileSources(wantsBase: boolean): TileSources {
  return {
    base: useTileSource('base', wantsBase),
    grids: useTileSource('grids', true),
    buildings: useTileSource('buildings', true),
  }
}

function useTileSource(layer: TileLayerName, enabled: boolean): TileSource | null {
  const { data } = useRevalidated({
    key: ['tiles', layer],
    ask: (known: Versioned<TileSource | null> | undefined, signal) => askTileJson(layer, known, signal),
    enabled,
  })
  return data ?? null
}

async function askTileJson(
  layer: TileLayerName,
  known: Versioned<TileSource | null> | undefined,
  signal: AbortSignal,
): Promise<Versioned<TileSource | null>> {
  try {
    const decode = (body: ArrayBuffer) => sourceOf(parseJson<TileJson>(body), location.origin)
    return await revalidate(`/tiles/${layer}.json`, known, decode, signal)
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return { tag: null, value: null }
    throw error
  }
}

/**
 * @param origin of the page. Behind a proxy the server may not know by what name the page reached it, and a
 *   worker that fetches a tile has no page to complete a path from
 */
export function sourceOf(
  {
    tiles,
    minzoom,
    maxzoom,
    bounds,
    attribution,
  }: Omit<TileJson, 'tilejson' | 'name' | 'scheme' | 'vector_layers'>,
  origin: string,
): TileSource {
  return {
    type: 'vector',
    tiles: tiles.map((tile) => origin + tile.replace(/^https?:\/\/[^/]+/, '')),
    minzoom,
    maxzoom,
    ...(bounds && { bounds: bounds as Bbox }),
    ...(attribution && { attribution }),
  }
}
