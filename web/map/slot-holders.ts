import { ScatterplotLayer } from '@deck.gl/layers'
import { SLOTS, type Slot } from './layer-order.ts'

/** Where a deck.gl layer is drawn among the map's own. */
export const inSlot = (slot: Slot) => ({ beforeId: slot })

/**
 * A layer that draws nothing for each slot. The overlay takes a place between the map's layers only while no
 * tile is loading, which a busy map rarely is; so each place is taken at the start and held.
 */
export const slotHolders = () =>
  SLOTS.map(
    (slot) =>
      new ScatterplotLayer<never, { beforeId: string }>({
        id: `${slot}-holder`,
        ...inSlot(slot),
        data: [],
        visible: false,
      }),
  )
