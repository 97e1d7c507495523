import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type GridProperties, SINCE_ALWAYS } from '../../domain/grid.ts'
import { useFormat } from '../ui/format.ts'
import { nameIn } from '../ui/language.ts'
import { Section } from '../ui/section.tsx'
import { BoundaryThumbnail } from './boundary-thumbnail.tsx'
import './grids.css'
import { useGridHistory } from './use-grid-history.ts'

interface GridPanelProps {
  code: string
  /** null: no grid in force has this code */
  grid: GridProperties | null
  /** where it lies, the widest area first */
  areaNames: readonly string[]
  onClose(): void
  /** its cases */
  children: ReactNode
}

/** Everything known of one grid. It takes the focus as it opens, so that the keyboard goes on from there. */
export function GridPanel({ code, grid, areaNames, onClose, children }: GridPanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another grid is another panel
  useEffect(() => heading.current?.focus({ preventScroll: true }), [code])
  return (
    <>
      <header className="grid-head">
        <div>
          <p className="quiet">{areaNames.join(' · ')}</p>
          <h2 ref={heading} tabIndex={-1}>
            {grid ? nameIn(format.language, grid) : code}
          </h2>
          {grid && grid.name !== code && <p className="grid-code">{code}</p>}
        </div>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('grid.close')} onClick={onClose} />
      </header>
      {grid ? <GridFacts grid={grid} /> : <p className="section quiet">{t('grid.notInForce')}</p>}
      {children}
      <GridHistory code={code} />
    </>
  )
}

function GridFacts({ grid }: { grid: GridProperties }) {
  const { t } = useTranslation()
  const format = useFormat()
  const orUnknown = (value: number | null) => (value === null ? t('grid.unknown') : format.count(value))
  const facts = [
    [t('grid.staff'), orUnknown(grid.staffCount)],
    [t('grid.households'), orUnknown(grid.households)],
    [t('grid.residents'), orUnknown(grid.residents)],
    [t('grid.area'), t('grid.km2', { area: format.measure(grid.areaKm2) })],
  ] as const
  return (
    <>
      <dl className="grid-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {grid.needsRepair && <p className="grid-repair">{t('grid.needsRepair')}</p>}
    </>
  )
}

function GridHistory({ code }: { code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data, isError } = useGridHistory(code)
  const versions = [...(data?.features ?? [])].sort((a, b) =>
    a.properties.validFrom < b.properties.validFrom ? 1 : -1,
  )
  return (
    <Section title={t('grid.history')}>
      {versions.length === 0 && (
        <p className="quiet">
          {isError ? t('grid.historyFailed') : data ? t('grid.noHistory') : t('loading.short')}
        </p>
      )}
      <ol className="grid-history">
        {versions.map(({ properties, geometry }) => (
          <li key={properties.validFrom}>
            <BoundaryThumbnail shape={geometry.coordinates} />
            <div>
              <p>
                {properties.validFrom === SINCE_ALWAYS ? t('grid.sinceStart') : properties.validFrom}
                {' – '}
                {properties.validTo ?? t('grid.inForce')}
              </p>
              <p className="quiet">
                {[
                  nameIn(format.language, properties),
                  t('grid.km2', { area: format.measure(properties.areaKm2) }),
                  ...(properties.households === null
                    ? []
                    : [t('grid.householdsOf', { households: format.count(properties.households) })]),
                ].join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}
