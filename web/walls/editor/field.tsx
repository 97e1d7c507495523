import { WarningOutlined } from '@ant-design/icons'
import { type ReactNode, useId } from 'react'

interface FieldProps {
  label: string
  /** what is wrong with it */
  wrong?: readonly string[]
  /** under it */
  hint?: string
  children(id: string): ReactNode
}

/** A control under its name, with what is wrong with it at its side. */
export function Field({ label, wrong = [], hint, children }: FieldProps) {
  const id = useId()
  return (
    <div className="edit-field" data-wrong={wrong.length > 0}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <small>{hint}</small>}
      <Wrong faults={wrong} />
    </div>
  )
}

/** Sentences about what is wrong. */
export function Wrong({ faults }: { faults: readonly string[] }) {
  return (
    <>
      {faults.map((text) => (
        <p key={text} className="edit-wrong" role="alert">
          <WarningOutlined aria-hidden /> {text}
        </p>
      ))}
    </>
  )
}
