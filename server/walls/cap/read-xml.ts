import sax from 'sax'

/** An element with what it holds; names are local, without their prefix. */
export interface XmlElement {
  name: string
  namespace: string
  attributes: Record<string, string>
  children: XmlElement[]
  /** its own text, put together and trimmed */
  text: string
}

const MOST_DEPTH = 40
const MOST_ELEMENTS = 50_000

/**
 * Reads a document that somebody else wrote. One that declares a type is refused before anything it declares could
 * be expanded; nothing is ever fetched.
 * @throws Error with the place where it is no XML, or not of this kind
 */
export function readXml(text: string): XmlElement {
  const open: XmlElement[] = []
  let root: XmlElement | null = null
  let count = 0
  let fault: Error | null = null
  const strict = sax.parser(true, { xmlns: true, trim: false })
  const refuse = (why: string) => {
    fault ??= new Error(`${why} (line ${strict.line + 1})`)
  }
  strict.onerror = (error) => {
    refuse(error.message.split('\n')[0]!)
    strict.error = null
  }
  strict.ondoctype = () => refuse('It declares a document type')
  strict.onopentag = ({ local, uri, attributes }) => {
    count += 1
    if (open.length >= MOST_DEPTH || count > MOST_ELEMENTS) return refuse('It has too many elements')
    if (root && open.length === 0) return refuse('It has a second root')
    const own = Object.entries(attributes).map(([name, { value }]) => [name, value])
    const element = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(own),
      children: [],
      text: '',
    }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  }
  const write = (part: string) => {
    const element = open.at(-1)
    if (element) element.text += part
  }
  strict.ontext = write
  strict.oncdata = write
  strict.onclosetag = () => {
    const element = open.pop()
    if (element) element.text = element.text.trim()
  }
  // In pieces, so that a refused document is not read to its end
  for (let at = 0; at < text.length && !fault; at += 16_384) strict.write(text.slice(at, at + 16_384))
  if (!fault) strict.close()
  if (fault) throw fault
  if (!root) throw new Error('It has no element')
  return root
}

export const childrenOf = (element: XmlElement, name: string) =>
  element.children.filter((child) => child.name === name)

export const textOf = (element: XmlElement, name: string): string | null =>
  childrenOf(element, name)[0]?.text || null

/** All elements of this name, the one itself and whatever depth below it. */
export function within(element: XmlElement, name: string): XmlElement[] {
  const inner = element.children.flatMap((child) => within(child, name))
  return element.name === name ? [element, ...inner] : inner
}
