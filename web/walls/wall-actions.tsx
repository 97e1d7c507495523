import { ControlOutlined, CopyOutlined, DeleteOutlined, EditOutlined, EyeOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { WallSummary } from '../../domain/wall/wall.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { WALLS_KEY } from './use-walls.ts'
import type { WallFormJob } from './wall-form.tsx'
import type { WallLinks } from './wall-list.tsx'
import { deleteWall } from './walls-api.ts'

interface WallActionsProps {
  wall: Pick<WallSummary, 'id' | 'name' | 'version'>
  /** it comes with the program and cannot be changed */
  isShipped: boolean
  links: WallLinks
  mayManage: boolean
  maySteer: boolean
  onJob(job: WallFormJob): void
}

export function WallActions({ wall, isShipped, links, mayManage, maySteer, onJob }: WallActionsProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const deleting = useMutation({
    mutationFn: () => deleteWall(wall),
    // Whoever is refused because of a newer version is shown that one
    onSettled: () => client.invalidateQueries({ queryKey: WALLS_KEY }),
  })
  const named = (key: 'edit' | 'remote' | 'preview' | 'copy' | 'rename' | 'delete') => ({
    'aria-label': `${t(`wallDesk.${key}`)} ${wall.name}`,
  })
  return (
    <div className="actions">
      {maySteer && (
        <Link href={links.remote(wall.id)} asChild>
          <Button size="small" icon={<ControlOutlined aria-hidden />} {...named('remote')}>
            {t('wallDesk.remote')}
          </Button>
        </Link>
      )}
      <Button
        size="small"
        href={links.preview(wall.id)}
        target="_blank"
        icon={<EyeOutlined aria-hidden />}
        {...named('preview')}
      >
        {t('wallDesk.preview')}
      </Button>
      {mayManage && (
        <Button
          size="small"
          icon={<CopyOutlined aria-hidden />}
          onClick={() => onJob({ kind: 'copy', wall })}
          {...named('copy')}
        >
          {t('wallDesk.copy')}
        </Button>
      )}
      {mayManage && !isShipped && (
        <>
          <Link href={links.edit(wall.id)} asChild>
            <Button size="small" icon={<EditOutlined aria-hidden />} {...named('edit')}>
              {t('wallDesk.edit')}
            </Button>
          </Link>
          <Button size="small" onClick={() => onJob({ kind: 'rename', wall })} {...named('rename')}>
            {t('wallDesk.rename')}
          </Button>
          <Popconfirm
            title={t('wallDesk.deleteTitle', { name: wall.name })}
            description={t('wallDesk.deleteText')}
            okText={t('wallDesk.delete')}
            cancelText={t('wallDesk.cancel')}
            onConfirm={() => deleting.mutate()}
            styles={{ root: { maxWidth: 380 } }}
          >
            <Button
              size="small"
              danger
              loading={deleting.isPending}
              icon={<DeleteOutlined aria-hidden />}
              {...named('delete')}
            >
              {t('wallDesk.delete')}
            </Button>
          </Popconfirm>
        </>
      )}
      {deleting.error && <Alert type="error" showIcon role="alert" title={textOf(deleting.error)} />}
    </div>
  )
}
