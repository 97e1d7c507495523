import { useTranslation } from 'react-i18next'
import { ACTOR_ROLES } from '../../domain/access/role.ts'
import type { AreaProperties } from '../../domain/area.ts'
import { secondsOf, useFormat } from '../ui/format.ts'
import { useScopeText } from '../ui/scope-text.ts'
import { useWord } from '../ui/use-word.ts'
import { difference } from './difference.ts'

interface DifferenceListProps {
  before: unknown
  after: unknown
  areas: readonly AreaProperties[]
}

/** What was and what is, field by field: struck through after a minus, and after a plus. */
export function DifferenceList({ before, after, areas }: DifferenceListProps) {
  const { t } = useTranslation()
  const word = useWord()
  const textOf = useValueText(areas)
  const changes = difference(before, after)
  if (changes.length === 0) return null
  return (
    <dl>
      {changes.map(({ field, before: was, after: is }) => {
        return (
          <div key={field}>
            {field && <dt>{word(`audit.data.${field}`) ?? field}</dt>}
            {was !== undefined && was !== null && (
              <dd>
                <del>
                  <i aria-hidden>−</i>
                  <span className="visually-hidden">{t('audit.before')}</span> <s>{textOf(field, was)}</s>
                </del>
              </dd>
            )}
            {is !== undefined && is !== null && (
              <dd>
                <ins>
                  <i aria-hidden>+</i>
                  <span className="visually-hidden">{t('audit.after')}</span> {textOf(field, is)}
                </ins>
              </dd>
            )}
          </div>
        )
      })}
    </dl>
  )
}

function useValueText(areas: readonly AreaProperties[]): (field: string, value: unknown) => string {
  const { t } = useTranslation()
  const word = useWord()
  const format = useFormat()
  const scopeText = useScopeText(areas)
  return (field, value) => {
    if (value === '') return t('audit.nothing')
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
    if (field === 'scope' && Array.isArray(value)) return scopeText(value.map(String))
    const role = field === 'role' && ACTOR_ROLES.find((one) => one === value)
    if (role) return t(`access.role.${role}`)
    if (/status$/i.test(field)) return word(`status.${value}`) ?? textOfPlain(value)
    if (field === 'state') return word(`imports.state.${value}`) ?? textOfPlain(value)
    if (typeof value === 'string' && ISO_TIME.test(value)) return format.dateTime(secondsOf(value))
    if (Array.isArray(value)) return format.list(value.map((one) => textOfPlain(one)))
    return textOfPlain(value)
  }
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/
const textOfPlain = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
