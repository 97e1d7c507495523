import { useTranslation } from 'react-i18next'
import { secondsOf, useFormat } from '../ui/format.ts'
import type { Theme } from '../ui/palettes.ts'
import { Section } from '../ui/section.tsx'
import { StatusSymbol } from '../ui/status-symbol.tsx'
import { useTransitions } from './use-incident.ts'

/** As the server names the simulator of the demo district. */
const SIMULATOR = 'simulator'

interface CaseStepsProps {
  id: number
  theme: Theme
  /** of a department, by its code; who is none keeps the own name */
  actorName(actor: string): string
}

/** The way of a case: who moved it on, when and why. */
export function CaseSteps({ id, theme, actorName }: CaseStepsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data, isError } = useTransitions(id)
  return (
    <Section title={t('cases.steps')}>
      {!data?.length && (
        <p className="quiet">
          {isError ? t('cases.stepsFailed') : data ? t('cases.noSteps') : t('loading.short')}
        </p>
      )}
      <ol className="case-steps">
        {data?.map((step, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever appended
          <li key={number}>
            <StatusSymbol status={step.toStatus} overdue={false} theme={theme} />
            <div>
              <p>
                <strong>{t(`status.${step.toStatus}`)}</strong>{' '}
                <time className="quiet" dateTime={step.at}>
                  {format.dateTime(secondsOf(step.at))}
                </time>
              </p>
              <p className="quiet">
                {[
                  step.actor === SIMULATOR ? t('cases.simulator') : actorName(step.actor),
                  ...(step.dueAt ? [t('cases.due', { time: format.dateTime(secondsOf(step.dueAt)) })] : []),
                  ...(step.reason ? [step.reason] : []),
                ].join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}
