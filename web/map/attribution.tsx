import type { SourceSpecification } from 'maplibre-gl'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface AttributionProps {
  credits: readonly string[]
  /** somebody is there to ask for more than one line holds; else they stand there whole */
  foldable: boolean
}

/** Who must be credited for what is on the map. */
export function Attribution({ credits, foldable }: AttributionProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const id = useId()
  if (credits.length === 0) return null
  const label = t(open ? 'map.fewerSources' : 'map.moreSources')
  return (
    <footer className="map-attribution" data-open={open} data-whole={!foldable}>
      <span className="visually-hidden">{t('map.attribution')} </span>
      <ul id={id}>
        {credits.map((credit) => (
          <li key={credit}>{credit}</li>
        ))}
      </ul>
      {foldable && (
        <button
          type="button"
          className="plain"
          aria-expanded={open}
          aria-controls={id}
          aria-label={label}
          title={label}
          onClick={() => setOpen(!open)}
        >
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path d={open ? 'M2.5 4.5 6 8l3.5-3.5' : 'M2.5 7.5 6 4l3.5 3.5'} />
          </svg>
        </button>
      )}
    </footer>
  )
}

/**
 * The credits of base map and data as plain text, each once, the base map's first; one whose every word stands
 * in another is left out.
 */
export function creditsOf(data: readonly string[], sources: readonly SourceSpecification[]): string[] {
  const ofSources = sources.flatMap((source) =>
    'attribution' in source && source.attribution ? [plainText(source.attribution)] : [],
  )
  const all = [...new Set([...ofSources, ...data].map((credit) => credit.trim()).filter(Boolean))]
  const words = new Map(all.map((credit) => [credit, wordsOf(credit)]))
  const saysAll = (other: string, credit: string) =>
    words.get(credit)!.every((word) => words.get(other)!.includes(word))
  return all.filter(
    (credit, index) =>
      // Of two that say the same the first stays
      !all.some(
        (other, at) => at !== index && saysAll(other, credit) && (at < index || !saysAll(credit, other)),
      ),
  )
}

const wordsOf = (credit: string): string[] => credit.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [credit]

/** Styles made elsewhere credit with HTML. */
function plainText(html: string): string {
  return html.includes('<')
    ? (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '')
    : html
}
