import { describe, expect, it } from 'vitest'
import { scaleFor } from './interface-scale.ts'

describe('the scale of the interface', () => {
  it.each([
    [1366, 768, 1],
    [1920, 1080, 1],
    [2560, 1440, 1],
    [3840, 2160, 2],
    [7680, 4320, 4],
  ])('of a window of %i x %i is %d', (width, height, scale) => {
    expect(scaleFor({ width, height })).toBe(scale)
  })

  it('follows the shorter side, so that a row of screens is not filled by its panels', () => {
    expect(scaleFor({ width: 7680, height: 2160 })).toBe(2)
    expect(scaleFor({ width: 3840, height: 1080 })).toBe(1)
  })
})
