import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PanelOf } from '../../domain/wall/panel.ts'
import { useFormat } from '../ui/format.ts'
import { useTick } from './use-tick.ts'
import { fetchWeather } from './wall-api.ts'
import { useWallScene } from './wall-context.ts'

export const TextPanel = ({ panel }: { panel: PanelOf<'text'> }) => <p className="wall-text">{panel.text}</p>

/** The district's time; of a replay the time that is played. */
export function ClockPanel() {
  const format = useFormat()
  const { serverNow, replayAt, timeZone } = useWallScene()
  const now = useTick(serverNow, 1000)
  const shown = replayAt ?? now
  const weekday = new Intl.DateTimeFormat(format.language, { weekday: 'long', timeZone }).format(shown * 1000)
  return (
    <div className="wall-clock">
      <time className="wall-figure">{replayAt === null ? format.clock(shown) : format.hour(shown)}</time>
      <p>
        {format.date(shown)} {weekday}
      </p>
    </div>
  )
}

const WEATHER_EVERY_MS = 300_000
export const WEATHER_KEY = ['weather'] as const

export function WeatherPanel() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useQuery({
    queryKey: WEATHER_KEY,
    queryFn: ({ signal }) => fetchWeather(signal),
    refetchInterval: WEATHER_EVERY_MS,
    gcTime: Number.POSITIVE_INFINITY,
  })
  if (!data) return <p className="wall-quiet">{t('wall.noWeather')}</p>
  const degrees = new Intl.NumberFormat(format.language, { style: 'unit', unit: 'celsius' })
  return (
    <div className="wall-weather">
      {data.icon && (
        <span className="wall-weather-sign" aria-hidden="true">
          {data.icon}
        </span>
      )}
      <span className="wall-figure">{degrees.format(Math.round(data.temperatureC))}</span>
      <p>{format.language === 'en' ? (data.textEn ?? data.text) : data.text}</p>
    </div>
  )
}
