import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../domain/district.ts'
import { readyMadeWall } from '../../domain/wall/ready-made.ts'
import { NAME_LETTERS, type Wall, type WallSummary } from '../../domain/wall/wall.ts'
import { randomKey } from '../api/request-key.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { useFormat } from '../ui/format.ts'
import { LANGUAGE_NAMES } from '../ui/language-and-theme.tsx'
import { WALLS_KEY } from './use-walls.ts'
import { createWall, fetchWall, saveWall } from './walls-api.ts'

/** `new`: of the ready-made scenes. */
export type WallFormJob =
  | { kind: 'new' }
  | { kind: 'copy' | 'rename'; wall: Pick<WallSummary, 'id' | 'name'> }

interface WallFormProps {
  job: WallFormJob
  onClose(): void
  onDone(wall: Wall): void
}

interface Wish {
  name: string
  /** of a new wall */
  language: Language
}

async function doJob(job: WallFormJob, { name, language }: Wish, key: string): Promise<Wall> {
  if (job.kind === 'new') return createWall({ name, content: readyMadeWall(language) }, key)
  const { content, version } = await fetchWall(job.wall.id)
  return job.kind === 'copy'
    ? createWall({ name, content }, key)
    : saveWall(job.wall.id, version, { name, content })
}

/** What a wall is to be called: a new one, a copy, or one that is there. */
export function WallForm({ job, onClose, onDone }: WallFormProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const { language } = useFormat()
  const [form] = Form.useForm<Wish>()
  const [key] = useState(randomKey)
  const doing = useMutation({
    mutationFn: (wish: Wish) => doJob(job, { ...wish, name: wish.name.trim() }, key),
    onSuccess: (wall) => {
      void client.invalidateQueries({ queryKey: WALLS_KEY })
      onDone(wall)
    },
  })
  const given =
    job.kind === 'new'
      ? ''
      : job.kind === 'copy'
        ? t('wallDesk.copyOf', { name: job.wall.name })
        : job.wall.name
  return (
    <Modal
      open
      title={t(`wallDesk.job.${job.kind}`)}
      okText={t(`wallDesk.jobDo.${job.kind}`)}
      cancelText={t('wallDesk.cancel')}
      confirmLoading={doing.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {job.kind === 'new' && <p className="quiet">{t('wallDesk.newWallText')}</p>}
      <Form
        form={form}
        // The form for pairing on the same page has a name too
        name="wall"
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: given, language }}
        onFinish={(values) => doing.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t('wallDesk.name')}
          rules={[{ required: true, whitespace: true, message: t('wallDesk.wrong.name') }]}
        >
          <Input autoFocus autoComplete="off" maxLength={NAME_LETTERS} placeholder={t('wallDesk.nameHint')} />
        </Form.Item>
        {job.kind === 'new' && (
          <Form.Item name="language" label={t('wallDesk.language')} extra={t('wallDesk.languageText')}>
            <Radio.Group options={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))} />
          </Form.Item>
        )}
      </Form>
      {doing.error && <Alert type="error" showIcon role="alert" title={textOf(doing.error)} />}
    </Modal>
  )
}
