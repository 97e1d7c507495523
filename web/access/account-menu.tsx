import { UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '../../domain/access/action.ts'
import { signOut } from './access-api.ts'
import { PasswordForm } from './password-form.tsx'
import { useMe } from './use-me.ts'

/** Pages that not everybody may open. */
const PAGES = [
  { path: '/imports', action: 'import.manage', text: 'access.menu.imports' },
  { path: '/users', action: 'user.manage', text: 'access.menu.users' },
  { path: '/walls', action: 'wall.read', text: 'access.menu.walls' },
  { path: '/audit', action: 'audit.read', text: 'access.menu.audit' },
] as const satisfies { path: string; action: Action; text: string }[]

/** Who is signed in, the pages this one may open, an own password, and the way out. A wall has none. */
export function AccountMenu({ linkTo }: { linkTo(path: string): string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data: me } = useMe()
  const [isChanging, setChanging] = useState(false)
  if (!me || me.role === 'wall') return null
  const pages = PAGES.filter(({ action }) => me.actions.includes(action))
  const leave = () =>
    signOut().finally(() => {
      // Nothing of what was seen stays for whoever comes next
      client.clear()
      location.reload()
    })
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...pages.map(({ path, text }) => ({ key: path, label: <a href={linkTo(path)}>{t(text)}</a> })),
            ...(pages.length > 0 ? [{ type: 'divider' as const }] : []),
            { key: 'password', label: t('access.changePassword'), onClick: () => setChanging(true) },
            { key: 'leave', label: t('access.signOut'), onClick: () => void leave() },
          ],
        }}
      >
        <Button type="text" className="account" icon={<UserOutlined />}>
          {me.displayName}
          <small>{t(`access.role.${me.role}`)}</small>
        </Button>
      </Dropdown>
      <Modal
        open={isChanging}
        title={t('access.changePassword')}
        footer={null}
        destroyOnHidden
        onCancel={() => setChanging(false)}
      >
        <PasswordForm name={me.name} onChanged={() => setChanging(false)} />
      </Modal>
    </>
  )
}
