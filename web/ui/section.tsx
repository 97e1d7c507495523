import { type ReactNode, useId } from 'react'

interface SectionProps {
  title: string
  /** stands at the right of the title */
  aside?: ReactNode
  children: ReactNode
}

/** One titled part of a panel. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
