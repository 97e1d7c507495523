import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Panel } from '../../../domain/wall/panel.ts'

/** What a panel is called where it stands: its title, else what it is. */
export function usePanelName(): (panel: Panel | null) => string {
  const { t } = useTranslation()
  return useCallback(
    (panel) => {
      if (panel === null) return t('wallDesk.map')
      if (panel.title !== undefined) return panel.title
      switch (panel.kind) {
        case 'figure':
          return t(`wallDesk.figure.${panel.figure}`)
        case 'ranking':
          return t('wallDesk.rankingOf', {
            by: t(`wallDesk.by.${panel.by}`),
            measure: t(`wallDesk.measure.${panel.measure}`),
          })
        case 'ring':
          return t('wallDesk.ringOf', { by: t(`wallDesk.by.${panel.by}`) })
        case 'list':
          return t(`wallDesk.order.${panel.order}`)
        default:
          return t(`wallDesk.kind.${panel.kind}`)
      }
    },
    [t],
  )
}
