import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportJob } from '../../domain/import-job.ts'
import { secondsOf, useFormat } from '../ui/format.ts'
import { reportAddress, undoJob } from './import-api.ts'
import { useSentences } from './sentences.ts'
import { usePastImports } from './use-past-imports.ts'

/** The record of imports: who brought in what, when, with which result; each can be undone while it is the latest. */
export function PastImports() {
  const { t } = useTranslation()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = usePastImports()
  const jobs = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section className="past-imports panel" aria-labelledby="past-imports">
      <h2 id="past-imports">{t('imports.past')}</h2>
      {data && jobs.length === 0 && <p className="quiet">{t('imports.noPast')}</p>}
      {jobs.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
        // biome-ignore lint/a11y/useSemanticElements: it is a part of a section already
        <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="past-imports">
          <table className="data-table">
            <thead>
              <tr>
                {(
                  [
                    'number',
                    'when',
                    'who',
                    'kind',
                    'file',
                    'read',
                    'inserted',
                    'updated',
                    'rejected',
                    'state',
                  ] as const
                ).map((head) => (
                  <th key={head} scope="col">
                    {t(`imports.pastHead.${head}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('imports.pastHead.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {jobs.map((job) => (
                <PastImport key={job.id} job={job} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hasNextPage && (
        <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('imports.more')}
        </Button>
      )}
    </section>
  )
}

function PastImport({ job }: { job: ImportJob }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const { sayError } = useSentences()
  const undo = useMutation({
    mutationFn: () => undoJob(job.id),
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <>
      <tr data-import={job.id} data-state={job.state}>
        <td>{job.id}</td>
        <td>{format.dateTime(secondsOf(job.startedAt))}</td>
        <td>{job.startedBy ?? t('imports.commandLine')}</td>
        <td>{t(`imports.kind.${job.kind}`)}</td>
        <td className="file" title={job.fileName}>
          {job.fileName}
        </td>
        <td>{format.count(job.rowsRead)}</td>
        <td>{format.count(job.inserted)}</td>
        <td>{format.count(job.updated)}</td>
        <td>{format.count(job.rowsRejected)}</td>
        <td>
          {t(`imports.state.${job.state}`)}
          {job.undoneAt !== null && ` ${format.dateTime(secondsOf(job.undoneAt))}`}
        </td>
        <td className="actions">
          {job.hasReport && (
            <a href={reportAddress(job.id, 'rejected')} download>
              {t('imports.report')}
            </a>
          )}
          {job.undoable && (
            <Popconfirm
              title={t('imports.undoTitle', { id: job.id })}
              description={t('imports.undoText')}
              okText={t('imports.undo')}
              cancelText={t('imports.keep')}
              onConfirm={() => undo.mutate()}
            >
              <Button size="small" loading={undo.isPending}>
                {t('imports.undo')}
              </Button>
            </Popconfirm>
          )}
        </td>
      </tr>
      {undo.error && (
        <tr>
          <td colSpan={11}>
            {sayError(undo.error).map((text) => (
              <Alert key={text} type="error" showIcon title={text} role="alert" />
            ))}
          </td>
        </tr>
      )}
    </>
  )
}
