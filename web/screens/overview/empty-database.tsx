import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Language } from '../../../domain/district.ts'
import { LanguageAndTheme } from '../../ui/language-and-theme.tsx'
import { NoticePage } from '../../ui/notice-page.tsx'
import type { ChangeView } from './use-view-state.ts'
import type { ViewState } from './view-state.ts'

const COMMANDS = [
  { key: 'areas', command: 'npm run import -- areas FILE' },
  { key: 'grids', command: 'npm run import -- grids FILE' },
  { key: 'buildings', command: 'npm run import -- buildings FILE' },
  { key: 'categories', command: 'npm run import -- categories FILE' },
  { key: 'incidents', command: 'npm run import -- incidents FILE' },
] as const

interface EmptyDatabaseProps {
  evaluation: boolean
  language: Language
  view: ViewState
  change: ChangeView
}

/** Nothing to show yet: how the first data gets in. It goes by itself once grids are there. */
export function EmptyDatabase({ evaluation, language, view, change }: EmptyDatabaseProps) {
  const { t } = useTranslation()
  return (
    <NoticePage
      title={t('empty.title')}
      corner={<LanguageAndTheme language={language} theme={view.theme} change={change} />}
    >
      <p>{t('empty.intro')}</p>
      <Link href={`/imports?language=${language}&theme=${view.theme}`} className="import-door">
        {t('empty.web')}
      </Link>
      <p>{t(evaluation ? 'empty.terminalStopped' : 'empty.terminal')}</p>
      <ol className="import-steps">
        {COMMANDS.map(({ key, command }) => (
          <li key={key}>
            <span>{t(`empty.step.${key}`)}</span>
            <code>{command}</code>
          </li>
        ))}
      </ol>
      <p>{withCode(t('empty.formats'))}</p>
      {evaluation && <p className="quiet">{t('database.evaluationLong')}</p>}
      <p className="quiet">{t('empty.waiting')}</p>
    </NoticePage>
  )
}

/** A text whose commands stand between <code> and </code>. */
const withCode = (text: string) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text keep their places
  text.split(/<\/?code>/).map((part, number) => (number % 2 === 1 ? <code key={number}>{part}</code> : part))
