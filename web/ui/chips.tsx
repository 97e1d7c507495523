import type { ReactNode } from 'react'

export interface Chip<T extends string | number> {
  value: T
  label: string
  mark?: ReactNode
}

interface ChipsProps<T extends string | number> {
  label: string
  chips: readonly Chip<T>[]
  chosen: readonly T[]
  onChange(chosen: T[]): void
}

/** A few things of which any number can be chosen; none chosen means all. */
export function Chips<T extends string | number>({ label, chips, chosen, onChange }: ChipsProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws and lays out differently for no gain
    <div className="chips" role="group" aria-label={label}>
      {chips.map(({ value, label: name, mark }) => {
        const on = chosen.includes(value)
        const next = () =>
          on
            ? chosen.filter((one) => one !== value)
            : chips.map((chip) => chip.value).filter((one) => one === value || chosen.includes(one))
        return (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={on}
            data-value={value}
            onClick={() => onChange(next())}
          >
            {mark}
            {name}
          </button>
        )
      })}
    </div>
  )
}
