const SPECIAL = /[\\\t\n\r\0]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '' }

/** Rows in the text format of COPY, gathered into chunks of whole lines. */
export class CopyWriter {
  private lines: string[] = []
  private characters = 0

  /** One row; a null is the database's NULL. */
  row(values: readonly (string | number | boolean | null)[]): void {
    let line = ''
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if (i > 0) line += '\t'
      line += value === null ? '\\N' : typeof value === 'string' ? escaped(value) : String(value)
    }
    line += '\n'
    this.lines.push(line)
    this.characters += line.length
  }

  /** About the number of bytes gathered. */
  get size(): number {
    return this.characters
  }

  /** What was gathered, which begins anew. */
  take(): Uint8Array {
    const chunk = Buffer.from(this.lines.join(''))
    this.lines = []
    this.characters = 0
    return chunk
  }
}

// PostgreSQL text holds no NUL
function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r\0]/g, (character) => ESCAPES[character]!) : text
}
