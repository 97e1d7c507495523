import { describe, expect, it } from 'vitest'
import { FIELD_NAMES } from './import-field-names.ts'
import { IMPORT_FIELDS, IMPORT_KINDS } from './import-fields.ts'
import { REJECT_REASONS } from './import-reasons.ts'
import { REFUSALS, type RefusalSentence, refusalText } from './import-refusals.ts'

describe('a refusal', () => {
  const missing = {
    sentence: 'column-missing.field',
    values: { fields: 'externalId, reportedAt', columns: 'A, B' },
  } as const

  it('names fields on the screen as the screen does, on the command line by the key to be typed', () => {
    expect(refusalText(missing, 'zh-CN', 'web')).toContain('没有识别出「自有编码」、「上报时间」对应的列')
    expect(refusalText(missing, 'en', 'web')).toContain('recognised as "Code of its own", "Reported"')
    expect(refusalText(missing, 'en', 'command-line')).toContain('recognised as externalId, reportedAt')
  })

  it('keeps what somebody wrote himself', () => {
    const unknown = {
      sentence: 'option-unusable.field',
      values: { kind: 'grids', field: 'x', fields: 'code' },
    }
    expect(refusalText(unknown as never, 'zh-CN', 'web')).toBe('网格没有字段“x”：可用的字段有「编码」。')
  })

  it('leaves no placeholder, and in Chinese no English sentence', () => {
    for (const sentence of Object.keys(REFUSALS) as RefusalSentence[]) {
      const text = refusalText({ sentence, values: {} }, 'zh-CN', 'web')
      expect(text).not.toMatch(/[{}]/)
      expect(text).toMatch(/\p{Script=Han}/u)
    }
  })
})

it('gives every field a name in both languages', () => {
  for (const kind of IMPORT_KINDS) {
    for (const field of Object.keys(IMPORT_FIELDS[kind]) as (keyof typeof FIELD_NAMES)[]) {
      expect(FIELD_NAMES[field].en).toMatch(/\S/)
      expect(FIELD_NAMES[field]['zh-CN']).toMatch(/\p{Script=Han}/u)
    }
  }
})

/** The values and options that a sentence names. */
const namedIn = (sentence: string) => new Set(sentence.match(/\{\{[\w:]+\}\}|\{option:\w+\}/g))

it.each(Object.entries({ ...REFUSALS, ...REJECT_REASONS }))(
  '%s names the same values and options in both languages',
  (_, { en, 'zh-CN': zh }) => {
    expect(namedIn(zh)).toEqual(namedIn(en))
  },
)
