import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bbox, MultiPolygon, Position } from '../../domain/geometry.ts'
import type { Findings, Inspection } from '../../domain/import-job.ts'

/** Kilometres around a finding that is looked at. */
const CLOSE_KM = 0.4
const KM_PER_DEGREE = 111.2
const MARGIN = 12

interface PlacePreviewProps {
  inspection: Inspection | null
  /** shapes of the district as it is */
  district: readonly MultiPolygon[]
  districtBbox: Bbox | null
  findings: Findings | null
  /** number of the finding that is looked at closely */
  focus: number | null
}

/**
 * A small drawing of where a file lies: the district as it is, the file's places and extent over it, and gaps
 * and overlaps. It is no map of its own: the one map belongs to the screens that live on it.
 */
export function PlacePreview(props: PlacePreviewProps) {
  const { inspection, districtBbox, findings, focus } = props
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      setSize({ width, height })
    })
    watch.observe(canvas.current!)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    // In the next frame the page has the colours of its theme
    const frame = requestAnimationFrame(() => {
      if (canvas.current && size.width > 0) draw(canvas.current, size, props)
    })
    return () => cancelAnimationFrame(frame)
  })
  const bbox = (inspection?.bbox ?? null) as Bbox | null
  const apart = bbox && districtBbox && !meets(bbox, districtBbox)
  const left = findings?.features.filter(({ properties }) => !properties.closed).length ?? 0
  const closed = (findings?.features.length ?? 0) - left
  return (
    <figure className="place-preview" data-focus={focus ?? ''}>
      <canvas ref={canvas} role="img" aria-label={t('imports.preview')} />
      <figcaption>
        <span data-mark="district">{t('imports.previewDistrict')}</span>
        <span data-mark="file">{t('imports.previewFile')}</span>
        {left > 0 && <span data-mark="left">{t('imports.previewLeft')}</span>}
        {closed > 0 && <span data-mark="closed">{t('imports.previewClosed')}</span>}
      </figcaption>
      {apart && (
        <p className="field-fault" role="alert">
          {t('imports.apart')}
        </p>
      )}
    </figure>
  )
}

const meets = (a: Bbox, b: Bbox) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

/** The extent to draw, degrees. */
function viewOf({ inspection, districtBbox, findings, focus }: PlacePreviewProps): Bbox | null {
  const finding = focus === null ? undefined : findings?.features[focus]
  if (finding) {
    const [lng, lat] = finding.geometry.coordinates as Position
    const half = CLOSE_KM / KM_PER_DEGREE
    const wide = half / Math.cos((lat * Math.PI) / 180)
    return [lng - wide, lat - half, lng + wide, lat + half]
  }
  return (inspection?.bbox as Bbox | undefined) ?? districtBbox
}

function draw(
  canvas: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
  props: PlacePreviewProps,
): void {
  const ratio = window.devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const pen = canvas.getContext('2d')
  const view = viewOf(props)
  if (!pen || !view) return
  pen.scale(ratio, ratio)
  const colours = coloursOf(canvas)
  const project = projection(view, width, height)
  const trace = (line: readonly (readonly number[])[], close: boolean) => {
    line.forEach((position, index) => {
      const [x, y] = project(position)
      if (index === 0) pen.moveTo(x, y)
      else pen.lineTo(x, y)
    })
    if (close) pen.closePath()
  }

  pen.lineWidth = 1
  pen.beginPath()
  for (const shape of props.district)
    for (const polygon of shape) for (const ring of polygon) trace(ring, true)
  pen.fillStyle = colours.ground
  pen.fill('evenodd')
  pen.strokeStyle = colours.quiet
  pen.stroke()

  const { inspection, findings, focus } = props
  if (inspection) {
    pen.beginPath()
    for (const outline of inspection.outlines) trace(outline, false)
    pen.strokeStyle = colours.file
    pen.stroke()
    pen.fillStyle = colours.file
    pen.globalAlpha = 0.7
    for (const point of inspection.points) {
      const [x, y] = project(point)
      pen.fillRect(x - 1, y - 1, 2, 2)
    }
    pen.globalAlpha = 1
    if (inspection.bbox && focus === null) {
      const [west, south, east, north] = inspection.bbox as Bbox
      const [left, top] = project([west, north])
      const [right, bottom] = project([east, south])
      pen.setLineDash([4, 3])
      pen.strokeRect(left - 3, top - 3, right - left + 6, bottom - top + 6)
      pen.setLineDash([])
    }
  }
  // What was left stands over what was closed
  const features = [...(findings?.features.entries() ?? [])].sort(
    ([, a], [, b]) => Number(b.properties.closed) - Number(a.properties.closed),
  )
  for (const [index, { properties, geometry }] of features) {
    const [x, y] = project(geometry.coordinates)
    pen.beginPath()
    pen.arc(x, y, index === focus ? 9 : properties.closed ? 2.5 : 5, 0, 2 * Math.PI)
    pen.strokeStyle = properties.closed ? colours.closed : colours.left
    pen.lineWidth = index === focus ? 3 : properties.closed ? 1 : 2
    pen.stroke()
  }
}

function projection(view: Bbox, width: number, height: number) {
  const [west, south, east, north] = view
  // A degree of longitude is shorter than one of latitude
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min(
    (width - 2 * MARGIN) / Math.max((east - west) * narrowing, 1e-5),
    (height - 2 * MARGIN) / Math.max(north - south, 1e-5),
  )
  const [midLng, midLat] = [(west + east) / 2, (south + north) / 2]
  return ([lng, lat]: readonly number[]): [x: number, y: number] => [
    width / 2 + (lng! - midLng) * narrowing * scale,
    height / 2 - (lat! - midLat) * scale,
  ]
}

function coloursOf(canvas: HTMLElement) {
  const style = getComputedStyle(canvas)
  const colour = (name: string) => style.getPropertyValue(name)
  return {
    ground: colour('--track'),
    quiet: colour('--text-3'),
    file: colour('--accent'),
    left: colour('--bad'),
    closed: colour('--warn'),
  }
}
