import type { Random } from '../random.ts'
import type { ThemeName, TownRecipe } from './town-recipe.ts'
import type { Character } from './town-types.ts'

/** What takes one grid at most. */
const ALONE: ReadonlySet<Character> = new Set(['school', 'hospital'])

/** Deals characters to estates so that each theme comes to its mix, whatever the number of estates. */
export class CharacterDeal {
  readonly #owed = new Map<ThemeName, Map<Character, number>>()

  constructor(
    private readonly recipe: TownRecipe,
    private readonly random: Random,
  ) {}

  /** The character of an estate of so many grids: by chance among those that have had too little. */
  next(theme: ThemeName, grids: number): Character {
    const { mix } = this.recipe.themes[theme]
    const shares = (Object.entries(mix) as [Character, number][]).filter(
      ([character]) => grids === 1 || !ALONE.has(character),
    )
    const all = Object.values(mix).reduce((total, share) => total + share, 0)
    let owed = this.#owed.get(theme)
    if (!owed) {
      // as if some time had passed: else the rarest would have to wait until the end
      const before = Object.entries(mix) as [Character, number][]
      owed = new Map(before.map(([character, share]) => [character, this.random.next() * share]))
      this.#owed.set(theme, owed)
    }
    for (const [character, share] of Object.entries(mix) as [Character, number][]) {
      owed.set(character, owed.get(character)! + (share / all) * grids)
    }
    const open = shares.map(([character]) => ({ character, owed: Math.max(owed.get(character)!, 0.01) }))
    let wanted = this.random.next() * open.reduce((sum, { owed }) => sum + owed, 0)
    const found = open.find(({ owed }) => {
      wanted -= owed
      return wanted < 0
    })
    const chosen = (found ?? open[0]!).character
    owed.set(chosen, owed.get(chosen)! - grids)
    return chosen
  }
}
