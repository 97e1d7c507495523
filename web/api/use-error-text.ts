import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, ConnectionLost, StillLoading } from './request.ts'

/** What a status of HTTP means to a reader. */
const MEANINGS = {
  403: 'forbidden',
  404: 'notThere',
  409: 'conflict',
  412: 'stale',
  413: 'tooLarge',
  429: 'tooMany',
} as const

const meaningOf = (status: number) =>
  MEANINGS[status as keyof typeof MEANINGS] ?? (status >= 500 ? 'ours' : 'unusable')

/**
 * Says in the reader's language why a request was not answered as asked. The server's own sentences are English:
 * what is translated is the kind of the error, and the fields it is about.
 */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation()
  return useCallback(
    (error: unknown) => {
      if (error instanceof ConnectionLost) return t('connection.lost')
      if (error instanceof StillLoading) return t('error.stillLoading')
      if (!(error instanceof ApiError)) return t('error.why.unreadable')
      const fields = (error.problem?.faults ?? []).map(({ field }) => field).join(', ')
      const why = t(`error.why.${meaningOf(error.status)}`)
      return fields ? `${why} ${t('error.fields', { fields })}` : why
    },
    [t],
  )
}
