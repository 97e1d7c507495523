import { UserAddOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OneTimePassword as Made, User } from '../../domain/access/user.ts'
import type { AreaProperties } from '../../domain/area.ts'
import type { Department } from '../../domain/incident.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { OneTimePassword } from './one-time-password.tsx'
import './users.css'
import { USERS_KEY, useUsers } from './use-users.ts'
import { UserForm } from './user-form.tsx'
import { UserRow } from './user-row.tsx'

interface UsersDeskProps {
  areas: readonly AreaProperties[]
  departments: readonly Department[]
  /** name of whoever looks at it */
  ownName: string | null
  onSaved(): void
}

const HEADS = [
  'name',
  'displayName',
  'role',
  'scope',
  'departmentCode',
  'sessions',
  'lastSeenAt',
  'state',
] as const

/** Everybody who may sign in, and what can be done about each. */
export function UsersDesk({ areas, departments, ownName, onSaved }: UsersDeskProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const client = useQueryClient()
  const { data: users, error } = useUsers()
  const [edited, setEdited] = useState<User | 'new' | null>(null)
  const [made, setMade] = useState<Made | null>(null)
  const show = (password: Made | null) => {
    setEdited(null)
    setMade(password)
    void client.invalidateQueries({ queryKey: USERS_KEY })
    onSaved()
  }
  return (
    <section className="desk-card panel" aria-labelledby="users">
      <header>
        <h2 id="users">{t('users.list', { count: users?.length ?? 0 })}</h2>
        <Button type="primary" icon={<UserAddOutlined aria-hidden />} onClick={() => setEdited('new')}>
          {t('users.add')}
        </Button>
      </header>
      {error && !users && <Alert type="error" showIcon role="alert" title={textOf(error)} />}
      {users && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
        // biome-ignore lint/a11y/useSemanticElements: it is a part of a section already
        <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="users">
          <table className="data-table desk-table">
            <thead>
              <tr>
                {HEADS.map((head) => (
                  <th key={head} scope="col">
                    {t(`users.field.${head}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('users.field.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {users.map((user) => (
                <UserRow
                  key={user.id}
                  user={user}
                  areas={areas}
                  departments={departments}
                  isOwn={user.name === ownName}
                  onChange={() => setEdited(user)}
                  onDone={show}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {edited && (
        <UserForm
          user={edited === 'new' ? null : edited}
          isOwn={edited !== 'new' && edited.name === ownName}
          areas={areas}
          departments={departments}
          onClose={() => setEdited(null)}
          onDone={show}
        />
      )}
      {made && <OneTimePassword made={made} onPassedOn={() => setMade(null)} />}
    </section>
  )
}
