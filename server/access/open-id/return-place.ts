/** The path of `wanted` on this site, `/` where it leads elsewhere: nobody is sent on to a page of others. */
export function placeWithin(ownAddress: string, wanted = '/'): string {
  // As browsers read it: `//other.example` and `/\other.example` are other hosts
  if (!URL.canParse(wanted, ownAddress)) return '/'
  const { origin, pathname, search, hash } = new URL(wanted, ownAddress)
  const place = `${pathname}${search}${hash}`
  return origin === new URL(ownAddress).origin && !place.startsWith('//') ? place : '/'
}
