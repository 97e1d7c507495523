/** Texts by what the server calls it, in the reader's language. */
export interface SubjectTexts {
  /** of things that have a name: `incident 12` */
  subject: Readonly<Record<string, string>>
  /** of things that there is one of */
  whole: Readonly<Record<string, string>>
}

/** What something was done to, as the reader says it: `incident 12` is 案件 12. */
export function subjectText(subject: string, { subject: kinds, whole }: SubjectTexts): string {
  if (whole[subject] !== undefined) return whole[subject]
  const [kind = '', ...rest] = subject.split(' ')
  return kinds[kind] === undefined ? subject : [kinds[kind], ...rest].join(' ')
}

/** The other way: what the reader typed, in words of either side, as the server calls it; `案件12` needs no blank. */
export function subjectOf(typed: string, { subject: kinds, whole }: SubjectTexts): string {
  const text = typed.trim()
  const same = (one: string) => one.toLowerCase() === text.toLowerCase()
  const kind = Object.keys(kinds).find((one) => same(kinds[one]!))
  const known = kind ?? Object.keys(whole).find((one) => same(whole[one]!))
  if (known !== undefined) return known
  // The longer first: one may begin as another does
  const begins = Object.entries(kinds)
    .filter(([, word]) => text.toLowerCase().startsWith(word.toLowerCase()))
    .sort(([, one], [, other]) => other.length - one.length)[0]
  if (begins === undefined) return text
  const [code, word] = begins
  const name = text.slice(word.length)
  // Of words that blanks part, `Users` is no user
  return /^[\s\d]/.test(name) || /\p{Script=Han}$/u.test(word) ? `${code} ${name.trim()}` : text
}
