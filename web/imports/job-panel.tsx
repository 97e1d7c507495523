import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { type ImportJob, isOver } from '../../domain/import-job.ts'
import { OPTION_NAMES } from '../../domain/import-options.ts'
import { type RejectReason, reasonText } from '../../domain/import-reasons.ts'
import { useFormat } from '../ui/format.ts'
import { cancelJob, reportAddress } from './import-api.ts'
import { OPTIONS_OF_KIND } from './import-settings.ts'
import { RejectTable } from './reject-table.tsx'
import { useSentences } from './sentences.ts'
import { SummaryFacts } from './summary-facts.tsx'

interface JobPanelProps {
  job: ImportJob
  /** rows of the files as far as they are known: how much there is to read */
  rows: number | null
}

/** How an import or a check goes, and how it went. */
export function JobPanel({ job, rows }: JobPanelProps) {
  return isOver(job.state) ? <JobResult job={job} /> : <JobProgress job={job} rows={rows} />
}

const STEPS = ['read', 'check', 'clean', 'write'] as const

function JobProgress({ job, rows }: JobPanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { sayError } = useSentences()
  const cancel = useMutation({ mutationFn: () => cancelJob(job.id) })
  const step = job.progress?.step ?? null
  const isCancelling = job.progress?.cancelling || cancel.isPending || cancel.isSuccess
  return (
    <div className="job" role="status" aria-live="polite" data-state={job.state}>
      <Progress percent={percentOf(job, rows)} status="active" showInfo={false} />
      <p>
        {isCancelling
          ? t('imports.cancelling')
          : step === null
            ? t('imports.waiting')
            : t(`imports.step.${step}`, { rows: format.count(job.progress?.rows ?? 0) })}
      </p>
      <Button danger size="small" disabled={isCancelling} onClick={() => cancel.mutate()}>
        {t('imports.cancel')}
      </Button>
      {cancel.error &&
        sayError(cancel.error).map((text) => <Alert key={text} type="error" showIcon title={text} />)}
    </div>
  )
}

/** Reading takes most of the time and can be told by its rows; of the other steps only their order. */
function percentOf({ progress }: ImportJob, rows: number | null): number {
  if (!progress) return 0
  const share =
    progress.step === 'read' ? Math.min(1, progress.rows / Math.max(1, rows ?? progress.rows * 2)) : 0
  return progress.step === 'read' ? share * 60 : 60 + STEPS.indexOf(progress.step) * 10
}

function JobResult({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const { count, language } = useFormat()
  const { say, optionOf } = useSentences()
  const option = job.refusal && optionOf(job.refusal)
  const counted = job.state === 'checked' || job.state === 'done' || job.state === 'undone'
  const written = job.inserted + job.updated + job.unchanged
  const isNowhere = counted && written > 0 && Number(job.summary.outsideGrids ?? 0) >= written
  const reasons = Object.entries(job.rejectedBy) as [RejectReason, number][]
  return (
    <div className="job" data-state={job.state} data-job={job.id}>
      <Alert
        showIcon
        type={
          counted
            ? job.rowsRejected > 0 || isNowhere
              ? 'warning'
              : 'success'
            : job.state === 'cancelled'
              ? 'info'
              : 'error'
        }
        role={counted ? 'status' : 'alert'}
        title={t(`imports.ended.${job.state as 'done'}`)}
        description={
          job.refusal
            ? option && OPTIONS_OF_KIND[job.kind].includes(option)
              ? t('imports.seeOption', { option: OPTION_NAMES[option][language] })
              : say(job.refusal)
            : job.state === 'failed'
              ? t(job.summary.code === 'interrupted' ? 'imports.interrupted' : 'error.why.ours')
              : undefined
        }
      />
      {isNowhere && (
        <Alert
          showIcon
          type="warning"
          role="alert"
          title={t('imports.allOutside')}
          description={t('imports.allOutsideRemedy')}
        />
      )}
      {counted && (
        <dl className="counts">
          {(['inserted', 'updated', 'unchanged', 'rowsRejected'] as const).map((name) => (
            <div key={name} data-count={name} data-value={job[name]}>
              <dt>{t(`imports.count.${name}`)}</dt>
              <dd>{count(job[name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {counted && <SummaryFacts summary={job.summary} />}
      {reasons.length > 0 && (
        <ul className="reasons">
          {reasons.map(([reason, rows]) => (
            <li key={reason} data-reason={reason}>
              <b>{count(rows)}</b> {reasonText(reason, language, 'web')}
            </li>
          ))}
        </ul>
      )}
      {job.hasReport && (
        <>
          <RejectTable id={job.id} />
          <a href={reportAddress(job.id, 'rejected')} download>
            {t('imports.download.rejected')}
          </a>
        </>
      )}
    </div>
  )
}
