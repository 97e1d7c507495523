import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Wall } from '../../../domain/wall/wall.ts'
import { secondsOf, useFormat } from '../../ui/format.ts'

interface ConflictProps {
  theirs: Wall
  isSaving: boolean
  onReload(): void
  onOverwrite(): void
  onKeepEditing(): void
}

/** Somebody else saved in the meantime: whose version is to stand. */
export function ConflictQuestion({ theirs, isSaving, onReload, onOverwrite, onKeepEditing }: ConflictProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Modal
      open
      title={t('wallDesk.conflictTitle')}
      onCancel={onKeepEditing}
      footer={[
        <Button key="keep" onClick={onKeepEditing}>
          {t('wallDesk.keepEditing')}
        </Button>,
        <Button key="reload" onClick={onReload}>
          {t('wallDesk.takeTheirs')}
        </Button>,
        <Button key="overwrite" danger loading={isSaving} onClick={onOverwrite}>
          {t('wallDesk.overwrite')}
        </Button>,
      ]}
    >
      <p>
        {t('wallDesk.conflictText', {
          who: theirs.changedBy,
          when: format.dateTime(secondsOf(theirs.changedAt)),
          version: format.count(theirs.version),
        })}
      </p>
    </Modal>
  )
}

/** What was not saved would be lost. */
export function LeaveQuestion({ onStay, onLeave }: { onStay(): void; onLeave(): void }) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={t('wallDesk.leaveTitle')}
      okText={t('wallDesk.stay')}
      cancelText={t('wallDesk.leave')}
      cancelButtonProps={{ danger: true, onClick: onLeave }}
      onOk={onStay}
      onCancel={onStay}
    >
      <p>{t('wallDesk.leaveText')}</p>
    </Modal>
  )
}
