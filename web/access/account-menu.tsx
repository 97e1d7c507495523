import { UserOutlined } from '@ant-design/icons'
import { Alert, Button, Dropdown, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '../../domain/access/action.ts'
import './account-menu.css'
import { PasswordForm } from './password-form.tsx'
import { useLeave } from './use-leave.ts'
import { useMe } from './use-me.ts'

/** Pages that not everybody may open. */
const PAGES = [
  { path: '/imports', action: 'import.manage', text: 'access.menu.imports' },
  { path: '/users', action: 'user.manage', text: 'access.menu.users' },
  { path: '/walls', action: 'wall.read', text: 'access.menu.walls' },
  { path: '/audit', action: 'audit.read', text: 'access.menu.audit' },
] as const satisfies { path: string; action: Action; text: string }[]

interface AccountMenuProps {
  linkTo(path: string): string
  /** what of the district this one sees, by name; null: all of it */
  part: string | null
}

/** Who is signed in, the pages this one may open, an own password, and the way out. A wall has none. */
export function AccountMenu({ linkTo, part }: AccountMenuProps) {
  const { t } = useTranslation()
  const { data: me } = useMe()
  const leave = useLeave()
  const [password, setPassword] = useState<'kept' | 'asked' | 'changed'>('kept')
  if (!me || me.role === 'wall') return null
  const pages = PAGES.filter(({ action }) => me.actions.includes(action))
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            {
              key: 'who',
              type: 'group',
              label: (
                <div className="account-who">
                  <strong>{me.displayName}</strong>
                  <span>{t(`access.role.${me.role}`)}</span>
                  {part && <span>{t('access.seesPart', { part })}</span>}
                </div>
              ),
            },
            { type: 'divider' },
            ...pages.map(({ path, text }) => ({ key: path, label: <a href={linkTo(path)}>{t(text)}</a> })),
            ...(pages.length > 0 ? [{ type: 'divider' as const }] : []),
            ...(me.hasPassword
              ? [{ key: 'password', label: t('access.changePassword'), onClick: () => setPassword('asked') }]
              : []),
            { key: 'leave', label: t('access.signOut'), onClick: leave },
          ],
        }}
      >
        <Button type="text" className="account" icon={<UserOutlined />} title={me.displayName}>
          <span className="account-name">{me.displayName}</span>
        </Button>
      </Dropdown>
      <Modal
        open={password !== 'kept'}
        title={t('access.changePassword')}
        footer={null}
        destroyOnHidden
        onCancel={() => setPassword('kept')}
      >
        {password === 'changed' ? (
          <Alert type="success" showIcon role="status" title={t('access.passwordChanged')} />
        ) : (
          <PasswordForm name={me.name} onChanged={() => setPassword('changed')} />
        )}
      </Modal>
    </>
  )
}
