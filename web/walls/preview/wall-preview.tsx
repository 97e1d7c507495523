import { Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SizePicker } from '../editor/size-picker.tsx'
import type { WallSize } from '../editor/wall-size.ts'
import './preview.css'

interface WallPreviewProps {
  /** of the page that stands on the wall */
  address: string
  /** what is shown is being edited in another page, and not saved */
  isDraft: boolean
  size: WallSize
  /** one pixel of the wall is one of this screen's */
  isTrueSize: boolean
  onChange(wanted: { size: WallSize; isTrueSize: boolean }): void
}

const FITS = ['fit', 'true'] as const

/** The wall's own page in a frame of the wall's own pixels; only to be looked at where it is made smaller. */
export function WallPreview({ address, isDraft, size, isTrueSize, onChange }: WallPreviewProps) {
  const { t } = useTranslation()
  const room = useRef<HTMLDivElement>(null)
  const scale = useFittingScale(room, size)
  const shown = isTrueSize ? 1 : scale
  return (
    <div className="wall-preview">
      <div className="canvas-tools">
        <Segmented
          aria-label={t('wallDesk.preview')}
          value={isTrueSize ? 'true' : 'fit'}
          options={FITS.map((one) => ({ value: one, label: t(`wallDesk.previewAs.${one}`) }))}
          onChange={(one) => onChange({ size, isTrueSize: one === 'true' })}
        />
        <SizePicker size={size} onChange={(next) => onChange({ size: next, isTrueSize })} />
        <small>{t('wallDesk.previewScale', { percent: Math.round(shown * 100) })}</small>
        <small role="status">{t(isDraft ? 'wallDesk.previewDraft' : 'wallDesk.previewSaved')}</small>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
      <div className="preview-room" ref={room} tabIndex={0}>
        <div style={{ width: size.width * shown, height: size.height * shown }}>
          <iframe
            title={t('wallDesk.preview')}
            src={address}
            width={size.width}
            height={size.height}
            style={{ transform: `scale(${shown})` }}
          />
        </div>
      </div>
    </div>
  )
}

function useFittingScale(room: React.RefObject<HTMLElement | null>, { width, height }: WallSize): number {
  const [scale, setScale] = useState(0.25)
  useEffect(() => {
    const holder = room.current
    if (!holder) return
    const measure = () => setScale(Math.min(1, holder.clientWidth / width, holder.clientHeight / height))
    const observer = new ResizeObserver(measure)
    observer.observe(holder)
    measure()
    return () => observer.disconnect()
  }, [room, width, height])
  return scale
}
