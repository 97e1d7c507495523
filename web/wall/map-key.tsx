import { useTranslation } from 'react-i18next'
import type { ValueClass } from '../../domain/density/breaks.ts'
import type { DensityMeasure, DensityUnit } from '../../domain/density/density.ts'
import { useFormat } from '../ui/format.ts'
import { HEAT, type Theme } from '../ui/palettes.ts'
import './map-key.css'

interface MapKeyProps {
  /** null: nothing is coloured by number */
  coloured: {
    by: DensityUnit
    measure: DensityMeasure
    classes: readonly ValueClass[]
    colours: readonly string[]
  } | null
  heat: boolean
  points: boolean
  theme: Theme
  /** which cases: "last 7 days" */
  span: string
}

/** What colours and marks on the map mean, in one line. */
export function MapKey({ coloured, heat, points, theme, span }: MapKeyProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const classes = coloured?.classes ?? []
  return (
    <div className="wall-key">
      {coloured && classes.length > 0 && (
        <p>
          <span>
            {t('wall.keyBy', {
              measure: t(`density.measure.${coloured.measure}`),
              unit: t(`wall.keyUnit.${coloured.by}`),
              span,
            })}
          </span>
          <Ramp
            from={format.measure(classes[0]!.from)}
            colours={coloured.colours}
            to={format.measure(classes.at(-1)!.to)}
          />
        </p>
      )}
      {heat && (
        <p>
          <span>{t('wall.keyHeat', { span })}</span>
          <Ramp from={t('wall.few')} colours={HEAT[theme]} to={t('wall.many')} />
        </p>
      )}
      {points && (
        <p>
          <em>12</em>
          <span>{t('wall.keyPoints', { span })}</span>
        </p>
      )}
    </div>
  )
}

function Ramp({ from, colours, to }: { from: string; colours: readonly string[]; to: string }) {
  return (
    <span className="wall-ramp">
      <b>{from}</b>
      {colours.map((colour) => (
        <i key={colour} style={{ background: colour }} />
      ))}
      <b>{to}</b>
    </span>
  )
}
