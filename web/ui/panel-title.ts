import type { TFunction } from 'i18next'
import type { CaseSource, Panel } from '../../domain/wall/panel.ts'

/** What a panel is, and of which span. */
export function panelTitle(panel: Panel, source: CaseSource | null, isReplay: boolean, t: TFunction): string {
  if (panel.title) return panel.title
  const span = source?.span ?? '24h'
  const withSpan = (what: string) => `${what} · ${t(`wall.span.${span}`)}`
  // What is open now needs no other word for it
  const says = (what: string, { saysItself }: { saysItself: boolean }) =>
    span === 'open' && saysItself ? what : withSpan(what)
  switch (panel.kind) {
    case 'figure':
      return says(t(`wall.figure.${panel.figure}`), { saysItself: true })
    case 'trend':
      return withSpan(t('wall.kind.trend'))
    case 'ranking':
      return says(t(`wall.ranking.${panel.by}`, { measure: t(`wall.measure.${panel.measure}`) }), {
        saysItself: panel.measure === 'open' || panel.measure === 'overdue',
      })
    case 'ring':
      return withSpan(t(`wall.ringBy.${panel.by}`))
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
