/** Equator in metres (WGS 84) over the 512 pixels of the whole world at zoom 0. */
const METRES_PER_PIXEL_AT_ZOOM_0 = (2 * Math.PI * 6378137) / 512

export function metresPerPixel(lat: number, zoom: number): number {
  return (METRES_PER_PIXEL_AT_ZOOM_0 * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom
}

/** The longest round length (1, 2 or 5 times a power of ten metres) of at most `mostPixels`. */
export function scaleBar(metresAPixel: number, mostPixels: number): { metres: number; pixels: number } {
  const most = metresAPixel * mostPixels
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = power * ([5, 2].find((digit) => digit * power <= most) ?? 1)
  return { metres, pixels: metres / metresAPixel }
}
