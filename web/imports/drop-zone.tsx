import { InboxOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Upload } from '../../domain/import-job.ts'
import { refusalText } from '../../domain/import-refusals.ts'
import { useFormat } from '../ui/format.ts'
import { refuseFiles } from './check-files.ts'
import { fetchLimits, sendFiles } from './import-api.ts'
import { useSentences } from './sentences.ts'

interface DropZoneProps {
  /** small, when files are there already */
  compact: boolean
  onUploaded(upload: Upload): void
}

/** Where files are dropped or chosen; sends them and says how far it is. */
export function DropZone({ compact, onUploaded }: DropZoneProps) {
  const { t } = useTranslation()
  const { language, count } = useFormat()
  const { sayError } = useSentences()
  const limits = useQuery({ queryKey: ['upload-limits'], queryFn: ({ signal }) => fetchLimits(signal) }).data
  const [isOver, setIsOver] = useState(false)
  const [sent, setSent] = useState<number | null>(null)
  const [faults, setFaults] = useState<string[]>([])
  const stop = useRef<AbortController | null>(null)
  // Who leaves the page leaves no half-sent files on the server
  useEffect(() => () => stop.current?.abort(), [])

  async function send(files: readonly File[]): Promise<void> {
    if (files.length === 0 || sent !== null) return
    const refused = limits && refuseFiles(files, limits)
    setFaults(refused ? [refusalText(refused, language, 'web')] : [])
    if (refused) return
    stop.current = new AbortController()
    setSent(0)
    try {
      onUploaded(await sendFiles(files, setSent, stop.current.signal))
    } catch (error) {
      if (!stop.current.signal.aborted) setFaults(sayError(error))
    } finally {
      setSent(null)
    }
  }

  if (sent !== null) {
    return (
      <div className="drop-zone" data-compact={compact} role="status">
        <Progress percent={Math.floor(sent * 100)} status="active" />
        <p>{t(sent < 1 ? 'imports.sending' : 'imports.sent')}</p>
        <Button size="small" onClick={() => stop.current?.abort()}>
          {t('imports.cancel')}
        </Button>
      </div>
    )
  }
  return (
    <>
      <label
        className="drop-zone"
        data-compact={compact}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setIsOver(false)
          void send([...event.dataTransfer.files])
        }}
      >
        <input
          type="file"
          multiple
          className="visually-hidden"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            void send(files)
          }}
        />
        <InboxOutlined aria-hidden="true" />
        <strong>{t(compact ? 'imports.dropOther' : 'imports.drop')}</strong>
        {!compact && <span>{t('imports.formats')}</span>}
        {!compact && limits && (
          <span className="quiet">{t('imports.limit', { size: count(limits.bytes / 2 ** 20) })}</span>
        )}
      </label>
      {faults.map((fault) => (
        <Alert key={fault} type="error" showIcon title={fault} role="alert" />
      ))}
    </>
  )
}
