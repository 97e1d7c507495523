import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { AreaProperties } from '../../domain/area.ts'
import { useFormat } from './format.ts'
import { nameIn } from './language.ts'

/** Says which areas a scope is, by their names; a code that no area has stays a code. */
export function useScopeText(areas: readonly AreaProperties[]): (scope: readonly string[]) => string {
  const { t } = useTranslation()
  const { language, list } = useFormat()
  return useCallback(
    (scope) =>
      list(
        scope.map((code) => {
          if (code === '') return t('scope.everything')
          const area = areas.find((one) => one.code === code)
          return area ? nameIn(language, area) : code
        }),
      ),
    [areas, language, list, t],
  )
}
