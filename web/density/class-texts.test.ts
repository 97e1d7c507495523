import { describe, expect, it } from 'vitest'
import { classBreaks } from '../../domain/density/breaks.ts'
import { makeFormat } from '../ui/format.ts'
import { classTexts } from './class-texts.ts'

const { measure } = makeFormat('en', 'UTC')

describe('the bounds in the legend', () => {
  it('say on which side a shared bound is', () => {
    const values = [0.0248, 99, 150, 250, 300.0248]
    expect(classTexts(classBreaks(values, 3, 'equal').classes, measure)).toEqual([
      '≤ 100',
      '> 100 – 200',
      '> 200 – 300',
    ])
  })

  it('are the values themselves where classes are apart', () => {
    expect(classTexts(classBreaks([1, 2, 3, 9, 10, 11], 2, 'quantile').classes, measure)).toEqual([
      '1 – 3',
      '9 – 11',
    ])
    expect(classTexts(classBreaks([1, 1, 4], 5, 'quantile').classes, measure)).toEqual(['1', '4'])
  })
})
