import type { TFunction } from 'i18next'
import type { CaseSource, Panel } from '../../domain/wall/panel.ts'

/** What a panel is, and of which cases. */
export function panelTitle(panel: Panel, source: CaseSource | null, isReplay: boolean, t: TFunction): string {
  if (panel.title) return panel.title
  const span = source?.span ?? '24h'
  const isPressing = source?.pressing ?? false
  const ofPressing = (what: string) => (isPressing ? `${what} · ${t('wall.pressing')}` : what)
  // Only open cases are pressing
  const ofSpan = (what: string) =>
    ofPressing(isPressing && span === 'open' ? what : `${what} · ${t(`wall.span.${span}`)}`)
  // What is open or late now needs no other word for it
  const says = (what: string, { saysItself }: { saysItself: boolean }) =>
    span === 'open' && saysItself ? what : ofSpan(what)
  switch (panel.kind) {
    case 'figure':
      return says(t(`wall.figure.${panel.figure}`), {
        saysItself: !isPressing || panel.figure === 'overdue' || panel.figure === 'dueSoon',
      })
    case 'trend':
      return ofSpan(t('wall.kind.trend'))
    case 'ranking':
      return says(t(`wall.ranking.${panel.by}`, { measure: t(`wall.measure.${panel.measure}`) }), {
        saysItself: (!isPressing && panel.measure === 'open') || panel.measure === 'overdue',
      })
    case 'ring':
      return ofSpan(t(`wall.ringBy.${panel.by}`))
    case 'list':
      return ofPressing(t(`wall.list.${panel.order}`))
    case 'clock':
      return t(isReplay ? 'wall.replayClock' : 'wall.kind.clock')
    case 'weather':
      return t('wall.kind.weather')
    case 'text':
    case 'image':
      return ''
  }
}
