import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** The text under a key that may have none, as where what it names came from the server; null: it has none. */
export function useWord(): (key: string) => string | null {
  const { i18n } = useTranslation()
  return useCallback(
    (key) => {
      const text: unknown = i18n.getResource(i18n.language, 'translation', key)
      return typeof text === 'string' ? text : null
    },
    [i18n, i18n.language],
  )
}
