import { AutoComplete } from 'antd'
import { useState } from 'react'

interface SuggestionsProps {
  id: string
  isWrong: boolean
  /** '': nothing is stated */
  value: string
  placeholder: string
  options: readonly { value: string; label: string }[]
  onChange(text: string): void
}

/** A field for any text that suggests the usual ones; Enter and Tab take what is written and close the list. */
export function Suggestions({ id, isWrong, value, placeholder, options, onChange }: SuggestionsProps) {
  const [open, setOpen] = useState(false)
  const wanted = value.trim().toLowerCase()
  const fitting = options.filter(({ label }) => label.toLowerCase().includes(wanted))
  return (
    <AutoComplete
      id={id}
      size="small"
      allowClear
      defaultActiveFirstOption={false}
      popupMatchSelectWidth={false}
      {...(isWrong && { status: 'error' as const })}
      value={value}
      placeholder={placeholder}
      options={fitting}
      open={open && fitting.length > 0}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      onBlur={() => setOpen(false)}
      onKeyDown={({ key }) => {
        if (key === 'Enter' || key === 'Tab') setOpen(false)
      }}
      onChange={(text) => onChange(text?.trim() ?? '')}
    />
  )
}
