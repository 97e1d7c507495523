import type { Random } from '../random.ts'
import type { Name, NameTables } from './town-recipe.ts'

type Syllables = 'road' | 'estate' | 'place'

/** Draws names of two characters and a kind that were not given before, neither in Chinese nor in English. */
export class NameBook {
  readonly #given = new Set<string>()
  readonly #syllables: Record<Syllables, [heads: Name[], tails: Name[]]>

  constructor(
    tables: NameTables,
    private readonly random: Random,
  ) {
    this.#syllables = {
      road: [tables.roadHeads.map(split), tables.roadTails.map(split)],
      estate: [tables.estateHeads.map(split), tables.estateTails.map(split)],
      place: [tables.placeHeads.map(split), tables.placeTails.map(split)],
    }
  }

  draw(syllables: Syllables, kinds: readonly Name[]): Name {
    const [heads, tails] = this.#syllables[syllables]
    for (let attempt = 0; attempt < 2000; attempt++) {
      const [head, tail] = [this.random.pick(heads), this.random.pick(tails)]
      const [kind, kindEn] = this.random.pick(kinds)
      if (head[0] === tail[0] || kind.startsWith(tail[0])) continue
      const name: Name = [head[0] + tail[0] + kind, `${joinPinyin(head[1], tail[1])} ${kindEn}`]
      if (this.take(name)) return name
    }
    throw new Error(`the table of names for ${syllables} is too short`)
  }

  /** Keeps a name from being drawn; false where it was given before. */
  take([chinese, english]: Name): boolean {
    if (this.#given.has(chinese) || this.#given.has(english)) return false
    this.#given.add(chinese).add(english)
    return true
  }
}

function split(syllable: string): Name {
  return syllable.split(' ') as Name
}

/** One word, with the apostrophe that keeps the syllables apart before a vowel. */
function joinPinyin(head: string, tail: string): string {
  return head + (/^[AEO]/.test(tail) ? "'" : '') + tail.toLowerCase()
}

const DIGITS = '零一二三四五六七八九'

/** 1 to 99 in Chinese. */
export function chineseNumber(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10]
  const front = tens === 0 ? '' : `${tens > 1 ? DIGITS[tens] : ''}十`
  return front + (ones || !tens ? DIGITS[ones] : '')
}
