import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../../domain/access/session.ts'
import { PasswordForm } from '../../access/password-form.tsx'
import { useLeave } from '../../access/use-leave.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import { DoorStep } from './door-step.tsx'

/** A password for one use was used: one of one's own takes its place before anything else. */
export function OwnPasswordScreen({ me, onChanged }: { me: Me; onChanged(): void }) {
  const { t } = useTranslation()
  const leave = useLeave()
  return (
    <DoorStep>
      {(corner) => (
        <NoticePage title={t('access.ownPassword')} corner={corner}>
          <p>{t('access.ownPasswordText', { name: me.displayName })}</p>
          <PasswordForm name={me.name} onChanged={onChanged} />
          <Button onClick={leave}>{t('access.signOut')}</Button>
        </NoticePage>
      )}
    </DoorStep>
  )
}
