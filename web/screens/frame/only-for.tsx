import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, RIGHTS } from '../../../domain/access/action.ts'
import { useMay, useMe } from '../../access/use-me.ts'
import { useFormat } from '../../ui/format.ts'
import { NoticePage } from '../../ui/notice-page.tsx'

interface OnlyForProps {
  action: Action
  /** the way back */
  backTo: string
  /** called only where it may be done: what it holds asks for nothing that is bound to be refused */
  children(): ReactNode
}

/** A page, or why it is not for whoever is signed in and whom to ask. */
export function OnlyFor({ action, backTo, children }: OnlyForProps) {
  const { t } = useTranslation()
  const { list } = useFormat()
  const { data: me } = useMe()
  const may = useMay(action)
  if (!me) return null
  if (may) return children()
  const roles = RIGHTS[action].filter((role) => role !== 'wall').map((role) => t(`access.role.${role}`))
  return (
    <NoticePage title={t('access.notFor.title', { roles: list(roles) })} within>
      <p>{t('access.notFor.text', { name: me.displayName, role: t(`access.role.${me.role}`) })}</p>
      <a href={backTo}>{t('app.toOverview')}</a>
    </NoticePage>
  )
}
