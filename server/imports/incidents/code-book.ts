import { ImportRefused } from '../import-refused.ts'

export interface CodeEntry {
  code: string
  name: string
  /** null at the top */
  parentCode: string | null
}

// More are no categories but, say, a column of addresses
const MOST_NEW = 5000

/**
 * Categories or departments by code or name, two levels at most. What a file names and nobody knows yet is
 * added: its name is its code, below a parent `PARENT/NAME`.
 */
export class CodeBook {
  readonly added: CodeEntry[] = []
  /** parent's code ('' at the top) by code */
  private readonly parents = new Map<string, string>()
  /** code by name, by parent's code ('' at the top) */
  private readonly names = new Map<string, Map<string, string>>()
  /** code by what a file says; most rows say what a row before said */
  private readonly answers = new Map<string, string>()

  constructor(
    private readonly what: string,
    known: readonly CodeEntry[],
  ) {
    for (const entry of known) this.enter(entry)
  }

  /** The code of `text` (a code or a name), below `parent` (likewise) when one is given. */
  codeOf(text: string, parent: string | null = null): string {
    const question = parent === null ? text : `${parent}\n${text}`
    const known = this.answers.get(question)
    if (known !== undefined) return known
    const answer = this.find(text, parent)
    this.answers.set(question, answer)
    return answer
  }

  private find(text: string, parent: string | null): string {
    if (parent === null) {
      return this.parents.has(text) ? text : (this.anywhere(text) ?? this.add(text, text, null))
    }
    const parentCode = this.rootOf(parent)
    if (this.parents.get(text) === parentCode) return text
    return this.names.get(parentCode)?.get(text) ?? this.add(`${parentCode}/${text}`, text, parentCode)
  }

  private rootOf(text: string): string {
    if (this.parents.get(text) === '') return text
    return this.names.get('')?.get(text) ?? this.add(text, text, null)
  }

  private anywhere(name: string): string | undefined {
    for (const names of this.names.values()) {
      const code = names.get(name)
      if (code !== undefined) return code
    }
    return undefined
  }

  private add(code: string, name: string, parentCode: string | null): string {
    if (this.parents.has(code)) return code
    const entry = { code, name, parentCode }
    this.added.push(entry)
    this.enter(entry)
    if (this.added.length <= MOST_NEW) return code
    throw new ImportRefused('option-unusable.new-codes', { most: MOST_NEW, what: this.what })
  }

  private enter({ code, name, parentCode }: CodeEntry): void {
    this.parents.set(code, parentCode ?? '')
    const siblings = this.names.get(parentCode ?? '') ?? new Map<string, string>()
    this.names.set(parentCode ?? '', siblings.set(name, siblings.get(name) ?? code))
  }
}
