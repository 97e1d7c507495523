/** Pixels of a whole wall. */
export interface WallSize {
  width: number
  height: number
}

/** One screen in two sharpnesses, two beside each other, three by three. */
export const WALL_SIZES = ['1920x1080', '3840x2160', '7680x2160', '5760x3240'] as const

/** Where nobody chose one. */
export const FIRST_SIZE: WallSize = { width: 1920, height: 1080 }

export const LEAST_PIXELS = 320
export const MOST_PIXELS = 30_000

export const textOfSize = ({ width, height }: WallSize): string => `${width}x${height}`

/** null: no size, or one that no wall has */
export function readSize(text: string | null): WallSize | null {
  const found = /^(\d{3,5})x(\d{3,5})$/.exec(text ?? '')
  if (!found) return null
  const [width, height] = [Number(found[1]), Number(found[2])] as const
  const fits = [width, height].every((pixels) => pixels >= LEAST_PIXELS && pixels <= MOST_PIXELS)
  return fits ? { width, height } : null
}
