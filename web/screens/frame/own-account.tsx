import { AccountMenu } from '../../access/account-menu.tsx'
import { useOwnPart } from './use-own-part.ts'

/** The account menu of whoever is signed in, with what of the district this one sees. */
export function OwnAccount({ linkTo }: { linkTo(path: string): string }) {
  return <AccountMenu linkTo={linkTo} part={useOwnPart()} />
}
