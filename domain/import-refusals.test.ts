import { expect, it } from 'vitest'
import { REJECT_REASONS } from './import-reasons.ts'
import { REFUSALS } from './import-refusals.ts'

/** The values and options that a sentence names. */
const namedIn = (sentence: string) => new Set(sentence.match(/\{\{[\w:]+\}\}|\{option:\w+\}/g))

it.each(Object.entries({ ...REFUSALS, ...REJECT_REASONS }))(
  '%s names the same values and options in both languages',
  (_, { en, 'zh-CN': zh }) => {
    expect(namedIn(zh)).toEqual(namedIn(en))
  },
)
