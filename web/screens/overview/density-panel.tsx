import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { BREAK_METHODS } from '../../../domain/density/breaks.ts'
import { DENSITY_MEASURES, DENSITY_UNITS, type DensityUnit } from '../../../domain/density/density.ts'
import { densityFault } from '../../../domain/density/density-rows.ts'
import type { AreaShapes } from '../../api/endpoints.ts'
import { usableMeasure } from '../../density/use-density.ts'
import { Section } from '../../ui/section.tsx'
import type { ChangeView } from './use-view-state.ts'
import { CLASS_COUNT, HEX_SIZES_M, type ViewState } from './view-state.ts'

const CLASS_COUNTS = Array.from(
  { length: CLASS_COUNT.most - CLASS_COUNT.least + 1 },
  (_, n) => CLASS_COUNT.least + n,
)

interface DensityPanelProps {
  view: ViewState
  change: ChangeView
  /** null: not yet known */
  areas: AreaShapes | null
}

/** What the places are coloured by, and into which classes. */
export function DensityPanel({ view, change, areas }: DensityPanelProps) {
  const { t } = useTranslation()
  const held = new Map<DensityUnit, boolean>()
  for (const { properties } of areas?.features ?? []) {
    held.set(properties.level, properties.gridCount > 0 || held.get(properties.level) === true)
  }
  const isArea = (by: DensityUnit) => by !== 'grid' && by !== 'hexagon'
  const unusable = (by: DensityUnit) => areas !== null && isArea(by) && !held.get(by)
  const unitName = (by: DensityUnit) => {
    const unit = t(`density.unit.${by}`)
    return held.get(by) === false ? t('density.withoutGrids', { unit }) : unit
  }
  return (
    <Section title={t('density.title')}>
      <div className="fields">
        <span id="density-by">{t('density.by')}</span>
        <Select
          size="small"
          aria-labelledby="density-by"
          value={view.by}
          options={DENSITY_UNITS.map((by) => ({
            value: by,
            label: unitName(by),
            disabled: unusable(by),
          }))}
          onChange={(by) => change({ by })}
        />
        {view.by === 'hexagon' && (
          <>
            <span id="density-hex">{t('density.hexSize')}</span>
            <Select
              size="small"
              aria-labelledby="density-hex"
              value={view.hexSizeM}
              options={HEX_SIZES_M.map((size) => ({ value: size, label: t('density.metres', { size }) }))}
              onChange={(hexSizeM) => change({ hexSizeM })}
            />
          </>
        )}
        <span id="density-measure">{t('density.measureLabel')}</span>
        <Select
          size="small"
          aria-labelledby="density-measure"
          value={usableMeasure(view.by, view.measure)}
          options={DENSITY_MEASURES.map((measure) => ({
            value: measure,
            label: t(`density.measure.${measure}`),
            disabled: densityFault(view.by, measure) !== null,
          }))}
          onChange={(measure) => change({ measure })}
        />
        <span id="density-count">{t('density.classCount')}</span>
        <Select
          size="small"
          aria-labelledby="density-count"
          value={view.classCount}
          options={CLASS_COUNTS.map((count) => ({ value: count, label: String(count) }))}
          onChange={(classCount) => change({ classCount })}
        />
      </div>
      <Segmented
        block
        size="small"
        aria-label={t('density.method')}
        value={view.classMethod}
        options={BREAK_METHODS.map((method) => ({ value: method, label: t(`density.methods.${method}`) }))}
        onChange={(classMethod) => change({ classMethod })}
      />
    </Section>
  )
}
