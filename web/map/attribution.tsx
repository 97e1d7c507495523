import type { SourceSpecification } from 'maplibre-gl'
import { useTranslation } from 'react-i18next'

/** Who must be credited for what is on the map. */
export function Attribution({ credits }: { credits: readonly string[] }) {
  const { t } = useTranslation()
  if (credits.length === 0) return null
  return (
    <footer className="map-attribution">
      <span className="visually-hidden">{t('map.attribution')} </span>
      {credits.join(' · ')}
    </footer>
  )
}

/** The credits of data and base map as plain text, each once; one that is part of another is left out. */
export function creditsOf(data: readonly string[], sources: readonly SourceSpecification[]): string[] {
  const ofSources = sources.flatMap((source) =>
    'attribution' in source && source.attribution ? [plainText(source.attribution)] : [],
  )
  const all = [...new Set([...data, ...ofSources].map((credit) => credit.trim()).filter(Boolean))]
  return all.filter((credit) => !all.some((other) => other !== credit && other.includes(credit)))
}

/** Styles made elsewhere credit with HTML. */
function plainText(html: string): string {
  return html.includes('<')
    ? (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '')
    : html
}
