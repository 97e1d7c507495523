import { useTranslation } from 'react-i18next'
import { NoticePage } from '../../ui/notice-page.tsx'

const COMMANDS = [
  { key: 'areas', command: 'npm run import -- areas FILE' },
  { key: 'grids', command: 'npm run import -- grids FILE' },
  { key: 'buildings', command: 'npm run import -- buildings FILE' },
  { key: 'categories', command: 'npm run import -- categories FILE' },
  { key: 'incidents', command: 'npm run import -- incidents FILE' },
] as const

/** Nothing to show yet: how the first data gets in. It goes by itself once grids are there. */
export function EmptyDatabase({ evaluation }: { evaluation: boolean }) {
  const { t } = useTranslation()
  return (
    <NoticePage title={t('empty.title')}>
      <p>{t('empty.intro')}</p>
      <ol className="import-steps">
        {COMMANDS.map(({ key, command }) => (
          <li key={key}>
            <span>{t(`empty.step.${key}`)}</span>
            <code>{command}</code>
          </li>
        ))}
      </ol>
      <p>{t('empty.formats')}</p>
      {evaluation && <p className="quiet">{t('database.evaluationLong')}</p>}
      <p className="quiet">{t('empty.waiting')}</p>
    </NoticePage>
  )
}
