import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useMe } from '../../access/use-me.ts'
import { usePresence } from '../../access/use-presence.ts'
import { ME_KEY } from '../../connection/query-client.ts'
import { OwnPasswordScreen } from './own-password-screen.tsx'
import { SignInScreen } from './sign-in-screen.tsx'

/** What it holds is for whoever is signed in; everybody else signs in first, and stays at the same address. */
export function SignedIn({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const { data: me, isPending } = useMe()
  usePresence(me != null && me.role !== 'wall')
  if (me === null) {
    return (
      <SignInScreen
        onSignedIn={(fresh) => {
          // Nothing that somebody else saw here stays
          client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME_KEY[0] })
          client.setQueryData(ME_KEY, fresh)
        }}
      />
    )
  }
  if (me?.mustChangePassword) {
    return <OwnPasswordScreen me={me} onChanged={() => void client.invalidateQueries()} />
  }
  // Before anybody knows who asks nothing is asked for
  if (isPending) return null
  return children
}
