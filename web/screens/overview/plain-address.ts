/** Whether an address says nothing of what to show: one that does is a wall's or a colleague's. */
export function isPlainAddress(search: string): boolean {
  const names = [...new URLSearchParams(search).keys()]
  return names.every((name) => name === 'language' || name === 'theme')
}
