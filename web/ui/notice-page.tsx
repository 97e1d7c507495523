import type { ReactNode } from 'react'

interface NoticePageProps {
  title: string
  /** 'alert' is read out at once */
  role?: 'alert' | 'status'
  busy?: boolean
  /** it stands inside of a page that is a `main` already */
  within?: boolean
  /** stands in the upper right corner */
  corner?: ReactNode
  children?: ReactNode
}

/** A whole page that says one thing: loading, nothing there, or something wrong. */
export function NoticePage({
  title,
  role = 'status',
  busy = false,
  within = false,
  corner,
  children,
}: NoticePageProps) {
  const Place = within ? 'div' : 'main'
  return (
    <Place className="notice-page">
      {corner && <div className="notice-corner">{corner}</div>}
      <div className="notice-card" role={role} aria-busy={busy}>
        <img src="/icon.svg" alt="" width={44} height={44} />
        <h1>{title}</h1>
        {busy && <span className="notice-progress" aria-hidden="true" />}
        {children}
      </div>
    </Place>
  )
}
