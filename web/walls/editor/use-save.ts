import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Wall } from '../../../domain/wall/wall.ts'
import { ApiError } from '../../api/request.ts'
import { LIST_KEY, versionsKey, wallKey } from '../use-walls.ts'
import { saveWall } from '../walls-api.ts'
import type { WallEdit, WallStep } from './edit-wall.ts'

/** Saves what was edited over the version it began at; somebody else's newer one is a conflict to be decided. */
export function useSave(id: number, edit: WallEdit, dispatch: (step: WallStep) => void) {
  const client = useQueryClient()
  /** what stands on the server in place of the version that was edited; null: nobody was faster */
  const [conflict, setConflict] = useState<Wall | null>(null)
  const saving = useMutation({
    mutationFn: ({ version }: { version: number }) =>
      saveWall(id, version, { ...edit.now, name: edit.now.name.trim() }),
    onMutate: () => edit.now,
    onSuccess: (wall, _, sent) => {
      dispatch({ kind: 'saved', version: wall.version, draft: sent })
      setConflict(null)
      client.setQueryData(wallKey(id), wall)
      void client.invalidateQueries({ queryKey: LIST_KEY })
      void client.invalidateQueries({ queryKey: versionsKey(id) })
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 412) setConflict(error.problem?.current as Wall)
    },
  })
  return {
    save: () => saving.mutate({ version: edit.version }),
    isSaving: saving.isPending,
    error: conflict ? null : saving.error,
    conflict,
    keepEditing: () => {
      saving.reset()
      setConflict(null)
    },
    /** mine over theirs */
    overwrite: () => {
      if (!conflict) return
      dispatch({ kind: 'rebased', version: conflict.version })
      saving.mutate({ version: conflict.version })
    },
    /** theirs over mine */
    reload: () => {
      if (!conflict) return
      const { version, name, content } = conflict
      dispatch({ kind: 'loaded', version, draft: { name, content } })
      client.setQueryData(wallKey(id), conflict)
      saving.reset()
      setConflict(null)
    },
  }
}
