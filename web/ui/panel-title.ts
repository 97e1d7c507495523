import type { TFunction } from 'i18next'
import { seenUnit } from '../../domain/wall/fallbacks.ts'
import type { CaseSource, Panel, PanelOf } from '../../domain/wall/panel.ts'
import type { RankingPlaces } from '../../domain/wall/ranking.ts'

interface Shown {
  source: CaseSource | null
  areas: RankingPlaces['areas']
  isReplay: boolean
}

/** The title that a panel was given, else what it is and of which cases; null: it shows all that it is. */
export function panelTitle(panel: Panel, { source, areas, isReplay }: Shown, t: TFunction): string | null {
  if (panel.kind !== 'ranking') return panel.title || ownTitle(panel, source, isReplay, t)
  const by = seenUnit(panel.by, areas) ?? panel.by
  // A title that was given would name what is not ranked here
  return (by === panel.by && panel.title) || ownTitle({ ...panel, by }, source, isReplay, t)
}

/** What a panel without a title is called to who does not see it. */
export function nameOfUntitled(panel: Panel): string | undefined {
  if (panel.kind === 'image') return panel.image.replace(/\.[^.]*$/, '')
  return (panel.kind === 'text' && panel.text) || undefined
}

/** Whoever reads a ranking takes its first one for the best. */
const inOrder = (what: string, { measure }: PanelOf<'ranking'>, t: TFunction) =>
  measure === 'closedOnTimeRate' ? `${what} · ${t('wall.lowestFirst')}` : what

function ownTitle(panel: Panel, source: CaseSource | null, isReplay: boolean, t: TFunction): string | null {
  const span = source?.span ?? '24h'
  const isPressing = source?.pressing ?? false
  const ofPressing = (what: string) => (isPressing ? `${what} · ${t('wall.pressing')}` : what)
  // Only open cases are pressing
  const ofSpan = (what: string) =>
    ofPressing(isPressing && span === 'open' ? what : `${what} · ${t(`wall.span.${span}`)}`)
  const untilNow = (what: string) => (isReplay ? `${what} · ${t('wall.replayed')}` : ofSpan(what))
  // What is open or late now needs no other word for it
  const says = (what: string, { saysItself }: { saysItself: boolean }) =>
    span === 'open' && saysItself ? what : untilNow(what)
  switch (panel.kind) {
    case 'figure':
      return says(t(`wall.figure.${panel.figure}`), {
        saysItself: !isPressing || panel.figure === 'overdue' || panel.figure === 'dueSoon',
      })
    case 'trend':
      return ofSpan(t('wall.kind.trend'))
    case 'ranking':
      return inOrder(
        says(t(`wall.ranking.${panel.by}`, { measure: t(`wall.measure.${panel.measure}`) }), {
          saysItself: (!isPressing && panel.measure === 'open') || panel.measure === 'overdue',
        }),
        panel,
        t,
      )
    case 'ring':
      return untilNow(t(`wall.ringBy.${panel.by}`))
    case 'list':
      return ofPressing(t(`wall.list.${panel.order}`))
    case 'clock':
      return t(isReplay ? 'wall.replayClock' : 'wall.kind.clock')
    case 'weather':
      return t('wall.kind.weather')
    case 'text':
    case 'image':
      return null
  }
}
