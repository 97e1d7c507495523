import type { TFunction } from 'i18next'
import type { CaseSource, Panel } from '../../domain/wall/panel.ts'

/** What a panel is, and of which span. */
export function panelTitle(panel: Panel, source: CaseSource | null, isReplay: boolean, t: TFunction): string {
  if (panel.title) return panel.title
  const span = source?.span ?? '24h'
  switch (panel.kind) {
    case 'figure':
      // What is open now needs no span
      return span === 'open'
        ? t(`wall.figure.${panel.figure}`)
        : t('wall.of', { what: t(`wall.figure.${panel.figure}`), span: t(`wall.span.${span}`) })
    case 'trend':
      return t('wall.of', { what: t('wall.kind.trend'), span: t(`wall.span.${span}`) })
    case 'ranking':
      return t('wall.of', {
        what: t(`wall.ranking.${panel.by}`, { measure: t(`wall.measure.${panel.measure}`) }),
        span: t(`wall.span.${span}`),
      })
    case 'ring':
      return t('wall.of', { what: t(`wall.ringBy.${panel.by}`), span: t(`wall.span.${span}`) })
    case 'list':
      return t(`wall.list.${panel.order}`)
    case 'clock':
      return t(isReplay ? 'wall.replayClock' : 'wall.kind.clock')
    case 'weather':
      return t('wall.kind.weather')
    case 'text':
    case 'image':
      return ''
  }
}
