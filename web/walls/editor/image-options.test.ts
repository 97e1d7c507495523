import { expect, it } from 'vitest'
import { imageOptions } from './image-options.ts'

it('offers what lies in the folder, and tells of an image that does not', () => {
  const names = (chosen: string, images: string[]) =>
    imageOptions(chosen, images, 'missing').map(({ value, label }) => [value, label])
  expect(names('a.png', ['a.png', 'b.jpg'])).toEqual([
    ['a.png', 'a.png'],
    ['b.jpg', 'b.jpg'],
  ])
  expect(names('logo.png', ['b.jpg'])).toEqual([
    ['logo.png', 'logo.png (missing)'],
    ['b.jpg', 'b.jpg'],
  ])
  expect(names('', [])).toEqual([])
})
