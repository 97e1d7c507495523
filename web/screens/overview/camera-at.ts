import type { Camera } from '../../map/map-types.ts'

// Close enough that single cases and every type of place are drawn
const SHOW_ZOOM = 16.5

/** Looks straight down at one place. */
export const cameraAt = ({ lng, lat }: { lng: number; lat: number }): Camera => ({
  lng,
  lat,
  zoom: SHOW_ZOOM,
  bearing: 0,
  pitch: 0,
})
