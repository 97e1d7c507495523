import { useTranslation } from 'react-i18next'
import { Chips } from '../../ui/chips.tsx'
import { Section } from '../../ui/section.tsx'
import type { ChangeView } from './use-view-state.ts'
import { LAYERS, type ViewState } from './view-state.ts'

/** What of the map is drawn. */
export function LayerPanel({ view, change }: { view: ViewState; change: ChangeView }) {
  const { t } = useTranslation()
  const chosen = LAYERS.filter((layer) => view.layers[layer])
  return (
    <Section title={t('layers.title')}>
      <Chips
        label={t('layers.title')}
        chips={LAYERS.map((layer) => ({ value: layer, label: t(`layers.${layer}`) }))}
        chosen={chosen}
        onChange={(on) =>
          change({
            layers: {
              base: on.includes('base'),
              grids: on.includes('grids'),
              heat: on.includes('heat'),
              points: on.includes('points'),
              buildings: on.includes('buildings'),
              places: on.includes('places'),
              areas: on.includes('areas'),
              labels: on.includes('labels'),
            },
          })
        }
      />
    </Section>
  )
}
