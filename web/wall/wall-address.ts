/** Where a screen goes on to show its wall; which part of it, comes along from the page that paired it. */
export const wallAddress = (search: string): string => addressOf('/wall', search)

/** Where a screen without a wall is paired; which part of a wall it shows, it still knows when it comes back. */
export const pairAddress = (search: string, wasRevoked: boolean): string =>
  addressOf('/pair', search, wasRevoked)

function addressOf(path: string, search: string, wasRevoked = false): string {
  const query = new URLSearchParams(search)
  query.delete('revoked')
  if (wasRevoked) query.set('revoked', '1')
  return query.size === 0 ? path : `${path}?${query}`
}
