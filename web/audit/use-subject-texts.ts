import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubjectTexts } from './subject.ts'

const KINDS = [
  'user',
  'wall',
  'screen',
  'incident',
  'import',
  'contacts',
  'upload',
  'settings',
  'alarm',
  'open-id',
] as const
const WHOLES = [
  'password',
  'demo',
  'open-id',
  'audit',
  'database',
  'user unknown',
  'first users',
  'demo district',
  'incident',
] as const

/** In the language of the page. */
export function useSubjectTexts(): SubjectTexts {
  const { t } = useTranslation()
  return useMemo(
    () => ({
      subject: Object.fromEntries(KINDS.map((kind) => [kind, t(`audit.subject.${kind}`)])),
      whole: Object.fromEntries(WHOLES.map((whole) => [whole, t(`audit.whole.${whole}`)])),
    }),
    [t],
  )
}
