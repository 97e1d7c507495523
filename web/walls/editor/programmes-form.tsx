import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Programme } from '../../../domain/wall/schedule.ts'
import { MOST_PROGRAMMES, type WallContent } from '../../../domain/wall/wall.ts'
import { useFormat } from '../../ui/format.ts'
import { PickMany } from './pick.tsx'
import { WhenFields } from './when-fields.tsx'

interface ProgrammesFormProps {
  content: WallContent
  /** sentences about `field` of the programmes: `0.when.from` */
  wrong(field: string): string[]
  onChange(programmes: Programme[]): void
}

/** Which scenes are shown when; the first programme that holds wins. */
export function ProgrammesForm({ content, wrong, onChange }: ProgrammesFormProps) {
  const { t } = useTranslation()
  const { count } = useFormat()
  const { programmes, scenes } = content
  const isFull = programmes.length >= MOST_PROGRAMMES
  const replace = (at: number, programme: Programme) =>
    onChange(programmes.map((one, number) => (number === at ? programme : one)))
  return (
    <section className="desk-card panel wide-form" aria-labelledby="programmes">
      <header>
        <h2 id="programmes">{t('wallDesk.programmes')}</h2>
        <Button
          icon={<PlusOutlined aria-hidden />}
          disabled={isFull}
          {...(isFull && { title: t('wallDesk.full.programmes', { most: MOST_PROGRAMMES }) })}
          onClick={() =>
            onChange([
              ...programmes,
              { when: { from: '08:00', to: '18:00' }, scenes: scenes.map(({ id }) => id) },
            ])
          }
        >
          {t('wallDesk.addProgramme')}
        </Button>
      </header>
      <p className="quiet">{t(programmes.length > 0 ? 'wallDesk.programmesText' : 'wallDesk.noProgramme')}</p>
      {programmes.map((programme, number) => (
        <article
          // biome-ignore lint/suspicious/noArrayIndexKey: a programme has no name of its own
          key={number}
          className="rule"
          aria-label={t('wallDesk.programme', { number: count(number + 1) })}
        >
          <header>
            <h3>{t('wallDesk.programme', { number: count(number + 1) })}</h3>
            <span className="actions">
              <Button
                size="small"
                icon={<ArrowUpOutlined />}
                disabled={number === 0}
                title={t('wallDesk.earlier')}
                aria-label={t('wallDesk.earlier')}
                onClick={() => {
                  const next = [...programmes]
                  next.splice(number - 1, 2, programme, programmes[number - 1]!)
                  onChange(next)
                }}
              />
              <Button
                size="small"
                danger
                icon={<DeleteOutlined />}
                title={t('wallDesk.remove')}
                aria-label={t('wallDesk.remove')}
                onClick={() => onChange(programmes.filter((one) => one !== programme))}
              />
            </span>
          </header>
          <WhenFields
            when={programme.when}
            wrong={(field) => wrong(`${number}.when.${field}`)}
            onChange={(when) => replace(number, { ...programme, when })}
          />
          <PickMany
            label={t('wallDesk.scenesInOrder')}
            placeholder={t('wallDesk.chooseScenes')}
            chosen={programme.scenes}
            options={scenes.map(({ id, title }) => ({ value: id, label: title }))}
            wrong={programme.scenes.flatMap((_, place) => wrong(`${number}.scenes.${place}`))}
            // A programme shows something: the last scene stays
            onChange={(chosen) => chosen && replace(number, { ...programme, scenes: chosen })}
          />
        </article>
      ))}
    </section>
  )
}
