import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { askForCode, fetchPairing } from '../../access/access-api.ts'
import { useMe } from '../../access/use-me.ts'
import { useErrorText } from '../../api/use-error-text.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import { openPage } from '../../wall/open-page.ts'
import { wallAddress } from '../../wall/wall-address.ts'
import { usePageSettings } from '../frame/use-page-settings.ts'
import { DoorStep } from './door-step.tsx'

const ASK_EVERY_MS = 2_000

/** A screen that nobody sits at shows its code until an administrator has typed it in; then it is a wall. */
export function PairScreen() {
  const { t } = useTranslation()
  const { linkTo } = usePageSettings()
  const search = useSearch()
  const wasRevoked = new URLSearchParams(search).has('revoked')
  const textOf = useErrorText()
  const { data: me } = useMe()
  // It was paired before it was switched off: a kiosk opens this page at every start
  const isWall = me?.role === 'wall'
  const pairing = useQuery({
    queryKey: ['pairing'],
    enabled: me !== undefined && !isWall,
    // A code that ran out is replaced, so that the screen can be left alone
    queryFn: async ({ signal }) => {
      const known = await fetchPairing(signal)
      return known.state === 'expired' ? askForCode() : known
    },
    refetchInterval: ASK_EVERY_MS,
    refetchIntervalInBackground: true,
  })
  const isPaired = isWall || pairing.data?.state === 'paired'
  useEffect(() => {
    if (isPaired) return openPage(wallAddress(search))
  }, [isPaired, search])
  const code = pairing.data?.code
  return (
    <DoorStep>
      {(corner) => (
        <NoticePage title={t('access.pairTitle')} corner={corner} busy={!code}>
          {wasRevoked && <Alert type="warning" showIcon title={t('access.pairRevoked')} />}
          {code && (
            <output className="pairing-code" aria-label={t('access.pairCode')}>
              {code.slice(0, 3)}
              <i />
              {code.slice(3)}
            </output>
          )}
          <p>{t('access.pairText')}</p>
          {pairing.error && <p role="alert">{textOf(pairing.error)}</p>}
          <Button href={linkTo('/')}>{t('access.pairBack')}</Button>
        </NoticePage>
      )}
    </DoorStep>
  )
}
