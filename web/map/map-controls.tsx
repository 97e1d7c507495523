import type { Map as MapLibreMap } from 'maplibre-gl'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../domain/district.ts'
import { metresPerPixel, scaleBar } from './scale-bar.ts'

const TILT_DEGREES = 55
const SCALE_MOST_PIXELS = 110

interface MapControlsProps {
  map: MapLibreMap
  language: Language
  /** shows the whole district */
  onHome(): void
}

interface View {
  bearing: number
  pitch: number
  zoom: number
  lat: number
}

/** Zoom, north, tilt, whole district; and the scale. */
export function MapControls({ map, language, onHome }: MapControlsProps) {
  const { t } = useTranslation()
  const { bearing, pitch, zoom, lat } = useView(map)
  const tilted = pitch > 1
  return (
    <div className="map-controls">
      <fieldset className="map-buttons" aria-label={t('map.controls')}>
        <Control label={t('map.zoomIn')} onPress={() => map.zoomIn()}>
          <path d="M10 4v12M4 10h12" />
        </Control>
        <Control label={t('map.zoomOut')} onPress={() => map.zoomOut()}>
          <path d="M4 10h12" />
        </Control>
        <Control label={t('map.north')} onPress={() => map.easeTo({ bearing: 0 })}>
          <g transform={`rotate(${-bearing} 10 10)`}>
            <path className="map-needle" d="M10 2.5 13 10H7Z" />
            <path d="M10 17.5 7 10h6Z" />
          </g>
        </Control>
        <Control
          label={t(tilted ? 'map.flat' : 'map.tilt')}
          pressed={tilted}
          onPress={() => map.easeTo({ pitch: tilted ? 0 : TILT_DEGREES })}
        >
          <path d="M10 3 16.5 6.5v7L10 17l-6.5-3.5v-7ZM3.5 6.5 10 10l6.5-3.5M10 10v7" />
        </Control>
        <Control label={t('map.home')} onPress={onHome}>
          <path d="M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4" />
        </Control>
      </fieldset>
      <Scale metresAPixel={metresPerPixel(lat, zoom)} language={language} />
    </div>
  )
}

interface ControlProps {
  label: string
  pressed?: boolean
  onPress(): void
  children: ReactNode
}

function Control({ label, pressed, onPress, children }: ControlProps) {
  return (
    <button
      type="button"
      className="map-button"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      onClick={onPress}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {children}
      </svg>
    </button>
  )
}

function Scale({ metresAPixel, language }: { metresAPixel: number; language: Language }) {
  const { metres, pixels } = scaleBar(metresAPixel, SCALE_MOST_PIXELS)
  const [value, unit] = metres >= 1000 ? [metres / 1000, 'kilometer'] : [metres, 'meter']
  const text = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
  return (
    <div className="map-scale" style={{ width: pixels }}>
      {text}
    </div>
  )
}

function useView(map: MapLibreMap): View {
  const [view, setView] = useState(() => viewOf(map))
  useEffect(() => {
    const look = () => setView(viewOf(map))
    look()
    map.on('move', look)
    return () => void map.off('move', look)
  }, [map])
  return view
}

const viewOf = (map: MapLibreMap): View => ({
  bearing: map.getBearing(),
  pitch: map.getPitch(),
  zoom: map.getZoom(),
  lat: map.getCenter().lat,
})
