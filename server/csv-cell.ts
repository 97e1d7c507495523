/** Spreadsheets take a file for UTF-8 only with this before it. */
export const BYTE_ORDER_MARK = '\ufeff'

/** A line of a table for spreadsheets. */
export function csvLine(values: readonly (string | number)[]): string {
  return `${values.map(cell).join(',')}\n`
}

/** What a spreadsheet would take for a formula is written as text. */
function cell(value: string | number): string {
  const text = String(value)
  const isFormula = /^[=+@\t\r]/.test(text) || (text.startsWith('-') && !/^-[\d.]+$/.test(text))
  const harmless = isFormula ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
