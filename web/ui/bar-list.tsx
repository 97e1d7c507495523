import { useFormat } from './format.ts'

export interface Bar {
  key: string
  label: string
  value: number
  /** CSS colour; the accent where left out */
  color?: string
  /** what stands behind the value where it is not the number itself */
  text?: string
}

interface BarListProps {
  bars: readonly Bar[]
  /** what a full bar stands for; the largest value where left out */
  full?: number
  label: string
  columns?: 1 | 2
  onPick?(key: string): void
}

/** Named amounts as horizontal bars, in the order given. */
export function BarList({ bars, full, label, columns = 1, onPick }: BarListProps) {
  const format = useFormat()
  const most = full ?? Math.max(1, ...bars.map((bar) => bar.value))
  return (
    <ul className="bar-list" data-columns={columns} aria-label={label}>
      {bars.map((bar) => {
        const row = (
          <>
            <span className="bar-label" title={bar.label}>
              {bar.label}
            </span>
            <span className="bar-value">{bar.text ?? format.count(bar.value)}</span>
            <span className="bar-track" aria-hidden="true">
              <span
                className="bar-fill"
                style={{ width: `${Math.min(100, (bar.value / most) * 100)}%`, background: bar.color }}
              />
            </span>
          </>
        )
        return (
          <li key={bar.key} data-key={bar.key} data-value={bar.value}>
            {onPick ? (
              <button type="button" className="plain bar" onClick={() => onPick(bar.key)}>
                {row}
              </button>
            ) : (
              <div className="bar">{row}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
