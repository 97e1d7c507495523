import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import './map-marks.css'

export interface MapMark {
  key: string
  kind: 'pulse' | 'point' | 'alarm'
  lng: number
  lat: number
  text?: string
}

/** Marks that stay at their places while the map moves. They stand beside the map, which nothing transforms. */
export function MapMarks({ map, marks }: { map: MapLibreMap | null; marks: readonly MapMark[] }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!map || marks.length === 0) return
    const put = () => {
      for (const [n, element] of Array.from(place.current?.children ?? []).entries()) {
        const mark = marks[n]
        if (!mark || !(element instanceof HTMLElement)) continue
        const { x, y } = map.project([mark.lng, mark.lat])
        element.style.left = `${x}px`
        element.style.top = `${y}px`
      }
    }
    put()
    map.on('move', put)
    map.on('resize', put)
    return () => {
      map.off('move', put)
      map.off('resize', put)
    }
  }, [map, marks])
  return (
    <div className="wall-marks" ref={place}>
      {marks.map(({ key, kind, text }) => (
        <div key={key} className="wall-mark" data-kind={kind}>
          <i />
          {text && <span>{text}</span>}
        </div>
      ))}
    </div>
  )
}
