import { useQueryClient } from '@tanstack/react-query'
import { signOut } from './access-api.ts'

/** Signs out; nothing of what was seen stays for whoever comes next. */
export function useLeave(): () => void {
  const client = useQueryClient()
  return () =>
    void signOut().finally(() => {
      client.clear()
      location.reload()
    })
}
