/** What is used of it here; the package has no types of its own. */
declare module 'sax' {
  interface Tag {
    local: string
    uri: string
    attributes: Record<string, { value: string }>
  }
  export interface SaxParser {
    line: number
    error: Error | null
    onerror: (error: Error) => void
    ondoctype: () => void
    onopentag: (tag: Tag) => void
    ontext: (text: string) => void
    oncdata: (text: string) => void
    onclosetag: () => void
    write(text: string): SaxParser
    close(): SaxParser
  }
  const sax: { parser(strict: true, options: { xmlns: true; trim: false }): SaxParser }
  export default sax
}
