import { Alert, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SceneCamera } from '../../../domain/wall/scene.ts'
import { readView } from './read-view.ts'

interface ViewFinderProps {
  /** of a page with a map that keeps its view in its address */
  address: string
  onTake(camera: SceneCamera): void
  onClose(): void
}

/** A map of its own to look around in: what it shows becomes the view of the scene. */
export function ViewFinder({ address, onTake, onClose }: ViewFinderProps) {
  const { t } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  const [isUnmoved, setUnmoved] = useState(false)
  function take(): void {
    const camera = readView(frame.current?.contentWindow?.location.search ?? '')
    setUnmoved(camera === null)
    if (camera) onTake(camera)
  }
  return (
    <Modal
      open
      width="min(1400px, 94vw)"
      className="view-finder"
      title={t('wallDesk.findViewTitle')}
      okText={t('wallDesk.takeView')}
      cancelText={t('wallDesk.cancel')}
      onOk={take}
      onCancel={onClose}
    >
      <p className="quiet">{t('wallDesk.findViewText')}</p>
      {isUnmoved && <Alert type="warning" showIcon role="alert" title={t('wallDesk.noView')} />}
      <iframe ref={frame} src={address} title={t('app.map')} />
    </Modal>
  )
}
