/** The largest number a dictionary can give: the columns hold it in 16 bits. */
export const MOST_CODES = 65536

/** Gives codes their numbers in a dictionary of the columns, which it appends new ones to. */
export class CodeNumbers {
  readonly #numbers: Map<string, number>

  constructor(
    readonly codes: string[],
    readonly what: string,
  ) {
    this.#numbers = new Map(codes.map((code, number) => [code, number]))
  }

  /** @throws Error beyond 65,536 codes */
  numberOf(code: string): number {
    const known = this.#numbers.get(code)
    if (known !== undefined) return known
    const number = this.codes.length
    if (number >= MOST_CODES) {
      throw new Error(`The columns can tell ${MOST_CODES} ${this.what} apart, and ${code} is one more.`)
    }
    this.codes.push(code)
    this.#numbers.set(code, number)
    return number
  }
}
