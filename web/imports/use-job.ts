import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isOver } from '../../domain/import-job.ts'
import { fetchJob } from './import-api.ts'

const WHILE_RUNNING_MS = 400

/** One import, asked again until it is over; then everything on the screen is asked anew. */
export function useJob(id: number | null) {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['import', id],
    queryFn: ({ signal }) => fetchJob(id!, signal),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : WHILE_RUNNING_MS),
  })
  const state = query.data?.state
  useEffect(() => {
    if (!state || !isOver(state)) return
    // Uploads stay what they were, and one that was imported is no longer there to be asked for
    void client.invalidateQueries({
      predicate: ({ queryKey: [what] }) => what !== 'import' && what !== 'upload',
    })
  }, [state, client])
  return query
}
