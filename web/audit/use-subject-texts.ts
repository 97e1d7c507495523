import { useTranslation } from 'react-i18next'
import type { SubjectTexts } from './subject.ts'

/** In the language of the page. */
export function useSubjectTexts(): SubjectTexts {
  const { i18n } = useTranslation()
  return i18n.getResource(i18n.language, 'translation', 'audit') as SubjectTexts
}
