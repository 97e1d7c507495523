import { Tour } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const CLOSED = 'guided-look-closed'
/** What is looked at, in this order; null: nothing single. */
const STOPS = [
  { key: 'map', target: null },
  { key: 'layers', target: '.left-panel' },
  { key: 'span', target: '.span-picker' },
  { key: 'figures', target: '.right-panel' },
  { key: 'search', target: '.search' },
] as const

/**
 * A short look over the screen for who opens it plainly for the first time. An address that says what to show is
 * a wall's or a colleague's: nothing may lie over that.
 */
export function GuidedLook() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(isWanted)
  if (!open) return null
  const close = () => {
    remember()
    setOpen(false)
  }
  return (
    <Tour
      open
      mask={false}
      onClose={close}
      onFinish={close}
      steps={STOPS.map(({ key, target }, i) => ({
        title: t(`look.${key}.title`),
        description: t(`look.${key}.text`),
        target: target && (() => document.querySelector<HTMLElement>(target)!),
        nextButtonProps: { children: t(i === STOPS.length - 1 ? 'look.finish' : 'look.next') },
        prevButtonProps: { children: t('look.back') },
      }))}
    />
  )
}

function isWanted(): boolean {
  const says = [...new URLSearchParams(location.search).keys()]
  if (says.some((name) => name !== 'language' && name !== 'theme')) return false
  try {
    return localStorage.getItem(CLOSED) === null
  } catch {
    // Where nothing can be remembered it would come back each time
    return false
  }
}

function remember(): void {
  try {
    localStorage.setItem(CLOSED, '1')
  } catch {
    // It was not shown where nothing can be remembered
  }
}
