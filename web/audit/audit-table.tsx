import { CheckCircleOutlined, EyeOutlined, StopOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { AreaProperties } from '../../domain/area.ts'
import type { AuditItem } from '../../domain/audit.ts'
import { secondsOf, useFormat } from '../ui/format.ts'
import { useWord } from '../ui/use-word.ts'
import { DifferenceList } from './difference-list.tsx'
import { subjectText } from './subject.ts'
import { useSubjectTexts } from './use-subject-texts.ts'

interface AuditTableProps {
  rows: readonly AuditItem[]
  areas: readonly AreaProperties[]
  caseAddress(id: string): string
}

const HEADS = ['at', 'who', 'address', 'action', 'subject', 'outcome', 'difference'] as const

export function AuditTable({ rows, areas, caseAddress }: AuditTableProps) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
    // biome-ignore lint/a11y/useSemanticElements: it is a part of a section already
    <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="audit">
      <table className="data-table desk-table audit-table">
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {t(`audit.field.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AuditRow key={`${row.day} ${row.seq}`} row={row} areas={areas} caseAddress={caseAddress} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AuditRow({ row, areas, caseAddress }: Omit<AuditTableProps, 'rows'> & { row: AuditItem }) {
  const { t } = useTranslation()
  const format = useFormat()
  const word = useWord()
  const { at, actorName, actorRole, actorKind, address, action, outcome } = row
  return (
    <tr data-action={action} data-outcome={outcome}>
      <td className="time">
        <time dateTime={at}>
          {format.date(secondsOf(at))} {format.clock(secondsOf(at))}
        </time>
      </td>
      <td>
        {actorName || t(`audit.kind.${actorKind}`)}
        <small>{actorRole ? t(`access.role.${actorRole}`) : actorName && t(`audit.kind.${actorKind}`)}</small>
      </td>
      <td>{address ?? ''}</td>
      <td>
        {action === 'contact.unmask' && <EyeOutlined aria-hidden />}{' '}
        {word(`audit.action.${action}`) ?? action}
      </td>
      <td className="subject">
        <Subject subject={row.subject} caseAddress={caseAddress} />
      </td>
      <td className="state">
        {outcome === 'refused' ? <StopOutlined aria-hidden /> : <CheckCircleOutlined aria-hidden />}{' '}
        {t(`audit.outcome.${outcome}`)}
      </td>
      <td className="difference">
        <DifferenceList before={row.before} after={row.after} areas={areas} />
      </td>
    </tr>
  )
}

/** `incident 12`, or a word of its own, as the reader says it. */
function Subject({ subject, caseAddress }: { subject: string; caseAddress(id: string): string }) {
  const text = subjectText(subject, useSubjectTexts())
  const id = /^incident (\d+)$/.exec(subject)?.[1]
  return id === undefined ? text : <a href={caseAddress(id)}>{text}</a>
}
