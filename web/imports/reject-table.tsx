import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { FIELD_NAMES, isField } from '../../domain/import-field-names.ts'
import { REJECT_REASONS, type RejectReason, reasonText } from '../../domain/import-reasons.ts'
import { useFormat } from '../ui/format.ts'
import { fetchRejects } from './import-api.ts'

/** Rejected rows one by one, page after page. */
export function RejectTable({ id }: { id: number }) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['import', id, 'rejects'],
    queryFn: ({ pageParam, signal }) => fetchRejects(id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const explain = (reason: string) =>
    reason in REJECT_REASONS ? reasonText(reason as RejectReason, language, 'web') : reason
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
    <section className="reject-table" tabIndex={0} aria-label={t('imports.rejected')}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('imports.rejectRow')}</th>
            <th scope="col">{t('imports.rejectKey')}</th>
            <th scope="col">{t('imports.fieldHead')}</th>
            <th scope="col">{t('imports.rejectReason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ file, row, key, field, reason }) => (
            <tr key={`${file} ${row}`} title={file}>
              <td>{row}</td>
              <td>{key}</td>
              <td>{isField(field) ? FIELD_NAMES[field][language] : ''}</td>
              <td>{explain(reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('imports.more')}
        </Button>
      )}
    </section>
  )
}
