import { EnvironmentOutlined } from '@ant-design/icons'
import { Button, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { DENSITY_MEASURES, DENSITY_UNITS } from '../../../domain/density/density.ts'
import { LARGEST_HEXAGON_M, SMALLEST_HEXAGON_M } from '../../../domain/density/hexagons.ts'
import { type SceneCamera, type SceneMap, USUAL_HEXAGON_M, WALL_LAYERS } from '../../../domain/wall/scene.ts'
import { Chips } from '../../ui/chips.tsx'
import { useFormat } from '../../ui/format.ts'
import type { Choices } from './choices.ts'
import { Field, Wrong } from './field.tsx'
import { Pick, PickArea } from './pick.tsx'

type MapPatch = { [Name in keyof SceneMap]?: SceneMap[Name] | undefined }

interface MapPropertiesProps {
  map: SceneMap
  choices: Choices
  wrong(field: string): string[]
  onChange(patch: MapPatch): void
  /** lets somebody choose a view on a map of its own */
  onFindView(): void
}

const CAMERAS = ['district', 'area', 'at'] as const

/** What the map of a scene shows, and where it looks. */
export function MapProperties({ map, choices, wrong, onChange, onFindView }: MapPropertiesProps) {
  const { t } = useTranslation()
  const { camera } = map
  function aim(kind: SceneCamera['kind']): void {
    if (kind === 'district') onChange({ camera: { kind } })
    else if (kind === 'at') onFindView()
    else
      onChange({ camera: { kind, area: choices.areas.find(({ level }) => level === 'street')?.code ?? '' } })
  }
  return (
    <section className="edit-section" aria-labelledby="map-properties">
      <header>
        <h3 id="map-properties">{t('wallDesk.map')}</h3>
      </header>
      <Wrong faults={wrong('')} />
      <Pick
        label={t('wallDesk.camera')}
        value={camera.kind}
        options={CAMERAS.map((kind) => ({ value: kind, label: t(`wallDesk.cameras.${kind}`) }))}
        onChange={aim}
      />
      {camera.kind === 'area' && (
        <PickArea
          label={t('wallDesk.area')}
          value={camera.area}
          choices={choices}
          wrong={wrong('camera.area')}
          onChange={(area) => area !== undefined && onChange({ camera: { kind: 'area', area } })}
        />
      )}
      {camera.kind === 'at' && <ViewFacts camera={camera} onFindView={onFindView} />}
      <Field label={t('layers.title')} wrong={wrong('layers')}>
        {() => (
          <Chips
            label={t('layers.title')}
            chips={WALL_LAYERS.map((layer) => ({ value: layer, label: t(`layers.${layer}`) }))}
            chosen={map.layers}
            onChange={(layers) => onChange({ layers })}
          />
        )}
      </Field>
      <Pick
        label={t('density.by')}
        value={map.by}
        options={DENSITY_UNITS.map((unit) => ({ value: unit, label: t(`density.unit.${unit}`) }))}
        onChange={(by) => onChange({ by, hexSizeM: by === 'hexagon' ? USUAL_HEXAGON_M : undefined })}
      />
      {map.by === 'hexagon' && (
        <Field label={t('density.hexSize')} wrong={wrong('hexSizeM')}>
          {(id) => (
            <InputNumber
              id={id}
              min={SMALLEST_HEXAGON_M}
              max={LARGEST_HEXAGON_M}
              step={50}
              suffix="m"
              value={map.hexSizeM ?? USUAL_HEXAGON_M}
              onChange={(hexSizeM) => hexSizeM !== null && onChange({ hexSizeM })}
            />
          )}
        </Field>
      )}
      <Pick
        label={t('density.measureLabel')}
        value={map.measure}
        options={DENSITY_MEASURES.map((one) => ({ value: one, label: t(`density.measure.${one}`) }))}
        onChange={(measure) => onChange({ measure })}
      />
    </section>
  )
}

function ViewFacts({ camera, onFindView }: { camera: SceneCamera & { kind: 'at' }; onFindView(): void }) {
  const { t } = useTranslation()
  const { measure } = useFormat()
  return (
    <div className="view-facts">
      <span>
        {camera.lng.toFixed(4)}, {camera.lat.toFixed(4)} ·{' '}
        {t('wallDesk.zoom', { zoom: measure(camera.zoom) })}
      </span>
      <Button size="small" icon={<EnvironmentOutlined aria-hidden />} onClick={onFindView}>
        {t('wallDesk.findView')}
      </Button>
    </div>
  )
}
