import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureName, PanelOf } from '../../domain/wall/panel.ts'
import { figureOf, tallyOf } from '../../domain/wall/tally.ts'
import { useFormat } from '../ui/format.ts'
import { RollingNumber } from './rolling-number.tsx'
import { usePanelCases, useWallScene } from './wall-context.ts'

/** Whose number is bad news when it is not nought. */
const GRAVE: ReadonlySet<FigureName> = new Set(['overdue'])
const WATCHED: ReadonlySet<FigureName> = new Set(['dueSoon', 'urgentOpen'])

/** One number, large. */
export function FigurePanel({ panel }: { panel: PanelOf<'figure'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { now, reducedMotion, replayAt } = useWallScene()
  const cases = usePanelCases(panel)
  const value = useMemo(
    () => cases && figureOf(tallyOf(cases.selection.columns, cases.rows, now), panel.figure),
    [cases, now, panel.figure],
  )
  const write = panel.figure === 'closedOnTimeRate' ? format.rate : format.count
  const tone = !value
    ? 'plain'
    : GRAVE.has(panel.figure)
      ? 'bad'
      : WATCHED.has(panel.figure)
        ? 'warn'
        : 'plain'
  return (
    <p className="wall-figure" data-figure={panel.figure} data-value={value} data-tone={tone}>
      {value === null ? (
        <span>{cases ? '–' : t('wall.waiting')}</span>
      ) : (
        // What is played again steps faster than a number rolls: it would always be late
        <RollingNumber value={value} write={write} still={reducedMotion || replayAt !== null} />
      )}
    </p>
  )
}
