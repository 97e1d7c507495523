import { useMutation } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../../domain/access/session.ts'
import { OPEN_ID, signInAsDemo } from '../../access/access-api.ts'
import { SignInForm } from '../../access/sign-in-form.tsx'
import { useErrorText } from '../../api/use-error-text.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import { usePageSettings } from '../frame/use-page-settings.ts'
import { DoorStep, useSignInOptions } from './door-step.tsx'

/** By name and password, by the organisation's own sign-in, or as somebody of the demo district. */
export function SignInScreen({ onSignedIn }: { onSignedIn(me: Me): void }) {
  const { t } = useTranslation()
  const { linkTo } = usePageSettings()
  const textOf = useErrorText()
  const options = useSignInOptions().data
  const demo = useMutation({ mutationFn: signInAsDemo, onSuccess: onSignedIn })
  return (
    <DoorStep>
      {(corner) => (
        <NoticePage title={t('access.title')} corner={corner}>
          {options && options.demoUsers.length > 0 && (
            <section className="demo-users" aria-labelledby="demo-users">
              <h2 id="demo-users">{t('access.demo')}</h2>
              <p>{t('access.demoText')}</p>
              <ul>
                {options.demoUsers.map(({ name, displayName, role }) => (
                  <li key={name}>
                    <Button
                      data-demo={name}
                      disabled={demo.isPending}
                      loading={demo.isPending && demo.variables === name}
                      onClick={() => demo.mutate(name)}
                    >
                      <strong>{t(`access.role.${role}`)}</strong>
                      <span>{displayName}</span>
                    </Button>
                  </li>
                ))}
              </ul>
              {demo.error && <Alert type="error" showIcon role="alert" title={textOf(demo.error)} />}
            </section>
          )}
          <SignInForm onSignedIn={onSignedIn} />
          {options?.openId && (
            <Button href={`${OPEN_ID}?returnTo=${encodeURIComponent(location.pathname + location.search)}`}>
              {t('access.openId')}
            </Button>
          )}
          <p className="quiet">
            {t('access.isWall')} <a href={linkTo('/pair')}>{t('access.pairLink')}</a>
          </p>
        </NoticePage>
      )}
    </DoorStep>
  )
}
