import {
  CheckCircleOutlined,
  EditOutlined,
  RedoOutlined,
  SaveOutlined,
  UndoOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { NAME_LETTERS } from '../../../domain/wall/wall.ts'
import { useFormat } from '../../ui/format.ts'

export const EDITOR_TABS = ['scenes', 'programmes', 'alarms', 'wall', 'versions'] as const
export type EditorTab = (typeof EDITOR_TABS)[number]

interface EditorBarProps {
  name: string
  version: number
  tab: EditorTab
  isChanged: boolean
  isSaving: boolean
  faultCount: number
  canUndo: boolean
  canRedo: boolean
  onName(name: string): void
  onTab(tab: EditorTab): void
  onUndo(): void
  onRedo(): void
  onSave(): void
  children: React.ReactNode
}

/** The name of the wall, the parts of its editor, back and forward, and whether it is saved. */
export function EditorBar(props: EditorBarProps) {
  const { name, version, tab, isChanged, isSaving, faultCount, children } = props
  const { t } = useTranslation()
  const { count } = useFormat()
  return (
    <div className="editor-bar">
      <Input
        className="wall-name"
        aria-label={t('wallDesk.name')}
        value={name}
        maxLength={NAME_LETTERS}
        {...(name.trim() === '' && { status: 'error' as const })}
        onChange={({ target }) => props.onName(target.value)}
      />
      <Segmented
        aria-label={t('wallDesk.parts')}
        value={tab}
        options={EDITOR_TABS.map((one) => ({ value: one, label: t(`wallDesk.tab.${one}`) }))}
        onChange={props.onTab}
      />
      <span className="grow" />
      <span
        className="save-state"
        role="status"
        data-state={faultCount > 0 ? 'faulty' : isChanged ? 'changed' : 'saved'}
      >
        {faultCount > 0 ? (
          <>
            <WarningOutlined aria-hidden /> {t('wallDesk.faults', { number: count(faultCount) })}
          </>
        ) : isChanged ? (
          <>
            <EditOutlined aria-hidden /> {t('wallDesk.unsaved')}
          </>
        ) : (
          <>
            <CheckCircleOutlined aria-hidden /> {t('wallDesk.savedAs', { version: count(version) })}
          </>
        )}
      </span>
      <Button
        icon={<UndoOutlined />}
        disabled={!props.canUndo}
        title={t('wallDesk.undo')}
        aria-label={t('wallDesk.undo')}
        onClick={props.onUndo}
      />
      <Button
        icon={<RedoOutlined />}
        disabled={!props.canRedo}
        title={t('wallDesk.redo')}
        aria-label={t('wallDesk.redo')}
        onClick={props.onRedo}
      />
      {children}
      <Button
        type="primary"
        icon={<SaveOutlined aria-hidden />}
        disabled={!isChanged || faultCount > 0}
        loading={isSaving}
        onClick={props.onSave}
      >
        {t('wallDesk.save')}
      </Button>
    </div>
  )
}
