import type { MapGeoJSONFeature, Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import { type Found, findTarget, type Overlaid } from './find-target.ts'
import type { HoverTarget, ScreenPoint, SelectTarget } from './map-types.ts'

interface Props {
  overlaid: Overlaid
  onHover(target: HoverTarget | null): void
  onSelect(target: SelectTarget | null): void
}

const CLUSTER_ZOOM_STEP = 2

/** Tells what the pointer is over and what is chosen, by click or by Enter in the middle of the map. */
export function usePointer(map: MapLibreMap | null, props: Props): void {
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    if (!map) return
    let frameRequest = 0
    let highlighted: MapGeoJSONFeature | null = null
    let over = false
    const canvas = map.getCanvas()

    const highlight = (feature: MapGeoJSONFeature | null) => {
      if (highlighted && map.getSource(highlighted.source)) map.setFeatureState(highlighted, { hover: false })
      if (feature) map.setFeatureState(feature, { hover: true })
      highlighted = feature
    }
    const leave = () => {
      cancelAnimationFrame(frameRequest)
      if (!over) return
      over = false
      highlight(null)
      canvas.style.cursor = ''
      latest.current.onHover(null)
    }
    const look = (point: ScreenPoint) => {
      const found = findTarget(map, point, latest.current.overlaid)
      if (!found) return leave()
      over = true
      highlight(found.feature)
      canvas.style.cursor = 'pointer'
      latest.current.onHover({ ...found.target, point, grid: found.grid })
    }
    const onMove = ({ point }: MapMouseEvent) => {
      cancelAnimationFrame(frameRequest)
      if (map.isMoving()) return leave()
      frameRequest = requestAnimationFrame(() => look({ x: point.x, y: point.y }))
    }
    const choose = (point: ScreenPoint) => {
      const found = findTarget(map, point, latest.current.overlaid)
      if (found?.target.kind === 'cluster') openCluster(map, found)
      else
        latest.current.onSelect(
          found && { ...found.target, grid: found.grid, lng: found.place[0], lat: found.place[1] },
        )
    }
    const onClick = ({ point }: MapMouseEvent) => choose(point)
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter') return
      choose({ x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 })
    }

    map.on('mousemove', onMove)
    map.on('mouseout', leave)
    map.on('movestart', leave)
    map.on('click', onClick)
    canvas.addEventListener('keydown', onKey)
    return () => {
      leave()
      map.off('mousemove', onMove)
      map.off('mouseout', leave)
      map.off('movestart', leave)
      map.off('click', onClick)
      canvas.removeEventListener('keydown', onKey)
    }
  }, [map])
}

function openCluster(map: MapLibreMap, { place }: Found): void {
  map.easeTo({ center: place, zoom: map.getZoom() + CLUSTER_ZOOM_STEP })
}
