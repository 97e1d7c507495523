import { Tour } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../access/use-me.ts'
import { isNews, remember } from '../../ui/remembered.ts'
import { isPlainAddress } from './plain-address.ts'

/**
 * What is looked at, in this order. Said beside it: a panel as high as the window has no room above or below. The
 * map has none beside it: said beside its buttons, where the least of it is covered.
 */
const STOPS = [
  { key: 'map', part: '.map-frame', beside: '.map-buttons', placement: 'leftBottom' },
  { key: 'layers', part: '.left-panel', beside: '.left-panel', placement: 'rightTop' },
  { key: 'span', part: '.span-picker', beside: '.span-picker', placement: 'bottom' },
  { key: 'figures', part: '.right-panel', beside: '.right-panel', placement: 'leftTop' },
  { key: 'search', part: '.search', beside: '.search', placement: 'bottom' },
] as const

/**
 * A short look over the screen for who opens it plainly for the first time. An address that says what to show is
 * a wall's or a colleague's: nothing may lie over that. Everything can be used meanwhile.
 */
export function GuidedLook() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(() => isPlainAddress(location.search) && isNews('guided-look-closed'))
  const [stop, setStop] = useState(0)
  const { data: me } = useMe()
  const shown = open && (me?.role ?? 'wall') !== 'wall'
  const { part } = STOPS[stop]!
  useEffect(() => {
    const looked = shown ? document.querySelector<HTMLElement>(part) : null
    if (!looked) return
    looked.dataset.lookedAt = 'true'
    return () => {
      delete looked.dataset.lookedAt
    }
  }, [shown, part])
  if (!shown) return null
  const close = () => {
    remember('guided-look-closed', '1')
    setOpen(false)
  }
  return (
    <Tour
      open
      mask={false}
      current={stop}
      onChange={setStop}
      onClose={close}
      onFinish={close}
      rootClassName="guided-look"
      steps={STOPS.map(({ key, beside, placement }, i) => ({
        title: t(`look.${key}.title`),
        description: t(`look.${key}.text`),
        placement,
        target: () => document.querySelector<HTMLElement>(beside)!,
        nextButtonProps: { children: t(i === STOPS.length - 1 ? 'look.finish' : 'look.next') },
        prevButtonProps: { children: t('look.back') },
      }))}
    />
  )
}
