import { CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  FIGURES,
  LINES,
  LIST_ORDERS,
  type Panel,
  type PanelOf,
  RANKING_BY,
  RANKING_MEASURES,
  RING_BY,
  TELLS_OF_SOURCE,
  TEXT_LETTERS,
  TITLE_LETTERS,
} from '../../../domain/wall/panel.ts'
import { MOST_PANELS } from '../../../domain/wall/scene.ts'
import { useImages } from '../use-walls.ts'
import type { Choices } from './choices.ts'
import { Field, Wrong } from './field.tsx'
import { imageOptions } from './image-options.ts'
import { Pick } from './pick.tsx'
import { OwnSource } from './source-fields.tsx'
import { without } from './wall-draft.ts'

interface PanelPropertiesProps {
  panel: Panel
  /** what stands above it without a title of its own; '': nothing */
  usualTitle: string
  choices: Choices
  /** the scene holds as many panels as it can */
  isSceneFull: boolean
  /** sentences about `field` of it; '': about the whole */
  wrong(field: string): string[]
  /** `run`: more of the same comes while somebody types */
  onChange(panel: Panel, run?: string): void
  onCopy(): void
  onRemove(): void
}

/** What one panel shows. */
export function PanelProperties({
  panel,
  usualTitle,
  choices,
  isSceneFull,
  wrong,
  ...on
}: PanelPropertiesProps) {
  const { t } = useTranslation()
  const patch = (values: object, run?: string) => on.onChange(without({ ...panel, ...values }) as Panel, run)
  return (
    <section className="edit-section" aria-labelledby="panel-properties">
      <header>
        <h3 id="panel-properties">{t('wallDesk.panelOf', { kind: t(`wallDesk.kind.${panel.kind}`) })}</h3>
        <span className="actions">
          <Button
            size="small"
            icon={<CopyOutlined />}
            disabled={isSceneFull}
            title={isSceneFull ? t('wallDesk.full.panels', { most: MOST_PANELS }) : t('wallDesk.copyPanel')}
            aria-label={t('wallDesk.copyPanel')}
            onClick={on.onCopy}
          />
          <Button
            size="small"
            danger
            icon={<DeleteOutlined />}
            title={t('wallDesk.removePanel')}
            aria-label={t('wallDesk.removePanel')}
            onClick={on.onRemove}
          />
        </span>
      </header>
      <Wrong faults={wrong('')} />
      <Field label={t('wallDesk.title')} wrong={wrong('title')}>
        {(id) => (
          <Input
            id={id}
            value={panel.title ?? ''}
            maxLength={TITLE_LETTERS}
            placeholder={usualTitle}
            onChange={({ target }) => patch({ title: target.value || undefined }, 'title')}
          />
        )}
      </Field>
      <OwnFields panel={panel} wrong={wrong} patch={patch} />
      {TELLS_OF_SOURCE[panel.kind] && (
        <OwnSource source={panel.source} choices={choices} onChange={(source) => patch({ source })} />
      )}
    </section>
  )
}

interface OwnFieldsProps {
  panel: Panel
  wrong(field: string): string[]
  patch(values: object, run?: string): void
}

function OwnFields({ panel, ...more }: OwnFieldsProps): ReactNode {
  switch (panel.kind) {
    case 'figure':
      return <FigureFields panel={panel} {...more} />
    case 'ranking':
      return <RankingFields panel={panel} {...more} />
    case 'ring':
      return <RingFields panel={panel} {...more} />
    case 'list':
      return <ListFields panel={panel} {...more} />
    case 'text':
      return <WordsField panel={panel} {...more} />
    case 'image':
      return <ImageField panel={panel} {...more} />
    case 'trend':
    case 'clock':
    case 'weather':
      return null
  }
}

type Own<K extends Panel['kind']> = Omit<OwnFieldsProps, 'panel'> & { panel: PanelOf<K> }

function FigureFields({ panel, patch }: Own<'figure'>) {
  const { t } = useTranslation()
  return (
    <Pick
      label={t('wallDesk.kind.figure')}
      value={panel.figure}
      options={FIGURES.map((one) => ({ value: one, label: t(`wall.figure.${one}`) }))}
      onChange={(figure) => patch({ figure })}
    />
  )
}

function RankingFields({ panel, wrong, patch }: Own<'ranking'>) {
  const { t } = useTranslation()
  return (
    <>
      <Pick
        label={t('wallDesk.rankingBy')}
        value={panel.by}
        options={RANKING_BY.map((one) => ({ value: one, label: t(`wallDesk.by.${one}`) }))}
        onChange={(by) => patch({ by })}
      />
      <Pick
        label={t('density.measureLabel')}
        value={panel.measure}
        options={RANKING_MEASURES.map((one) => ({ value: one, label: t(`wall.measure.${one}`) }))}
        onChange={(measure) => patch({ measure })}
      />
      <MostField most={panel.most} wrong={wrong('most')} patch={patch} />
    </>
  )
}

function RingFields({ panel, patch }: Own<'ring'>) {
  const { t } = useTranslation()
  return (
    <Pick
      label={t('wallDesk.ringBy')}
      value={panel.by}
      options={RING_BY.map((one) => ({ value: one, label: t(`wallDesk.by.${one}`) }))}
      onChange={(by) => patch({ by })}
    />
  )
}

function ListFields({ panel, wrong, patch }: Own<'list'>) {
  const { t } = useTranslation()
  return (
    <>
      <Pick
        label={t('wallDesk.listOrder')}
        value={panel.order}
        options={LIST_ORDERS.map((one) => ({ value: one, label: t(`wall.list.${one}`) }))}
        onChange={(order) => patch({ order })}
      />
      <MostField most={panel.most} wrong={wrong('most')} patch={patch} />
    </>
  )
}

function MostField({
  most,
  wrong,
  patch,
}: {
  most: number
  wrong: string[]
  patch: OwnFieldsProps['patch']
}) {
  const { t } = useTranslation()
  return (
    <Field label={t('wallDesk.most')} wrong={wrong}>
      {(id) => (
        <InputNumber
          id={id}
          min={LINES.least}
          max={LINES.most}
          precision={0}
          value={most}
          onChange={(value) => value !== null && patch({ most: value }, 'most')}
        />
      )}
    </Field>
  )
}

function WordsField({ panel, wrong, patch }: Own<'text'>) {
  const { t } = useTranslation()
  return (
    <Field label={t('wallDesk.kind.text')} wrong={wrong('text')}>
      {(id) => (
        <Input.TextArea
          id={id}
          value={panel.text}
          maxLength={TEXT_LETTERS}
          autoSize={{ minRows: 3, maxRows: 8 }}
          onChange={({ target }) => patch({ text: target.value }, 'text')}
        />
      )}
    </Field>
  )
}

function ImageField({ panel, wrong, patch }: Own<'image'>) {
  const { t } = useTranslation()
  const images = useImages().data
  return (
    <Field label={t('wallDesk.imageName')} hint={t('wallDesk.imageHint')} wrong={wrong('image')}>
      {(id) => (
        <Select
          id={id}
          showSearch
          value={panel.image}
          status={images && !images.includes(panel.image) ? 'warning' : ''}
          options={imageOptions(panel.image, images ?? [], t('wall.noImage'))}
          notFoundContent={t('wallDesk.noImages')}
          popupMatchSelectWidth={false}
          onChange={(image) => patch({ image })}
        />
      )}
    </Field>
  )
}
