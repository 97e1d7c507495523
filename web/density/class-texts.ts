import type { ValueClass } from '../../domain/density/breaks.ts'

/**
 * What the legend says of each class. Where two classes share a bound as it is written, the text says on which
 * side the bound itself is: values above the one before, up to and including `to`.
 */
export function classTexts(classes: readonly ValueClass[], write: (value: number) => string): string[] {
  const sharesBound = (number: number) =>
    number > 0 && number < classes.length && write(classes[number]!.from) === write(classes[number - 1]!.to)
  return classes.map(({ from, to }, number) => {
    const [least, most] = [write(from), write(to)]
    if (sharesBound(number)) return least === most ? `> ${least}` : `> ${least} – ${most}`
    if (number === 0 && sharesBound(1)) return `≤ ${most}`
    return least === most ? most : `${least} – ${most}`
  })
}
