import { Layer } from '@deck.gl/core'
import { SLOTS, type Slot } from './layer-order.ts'

/** Where a deck.gl layer is drawn among the map's own. */
export const inSlot = (slot: Slot) => ({ beforeId: slot })

/** Draws nothing and asks nothing of the graphics: not even a program that would have to be compiled. */
class Holder extends Layer<{ beforeId: string }> {
  static override layerName = 'Holder'
  initializeState(): void {}
}

/**
 * A layer that draws nothing for each slot. The overlay takes a place between the map's layers only while no
 * tile is loading, which a busy map rarely is; so each place is taken at the start and held.
 */
export const slotHolders = () =>
  SLOTS.map((slot) => new Holder({ id: `${slot}-holder`, ...inSlot(slot), visible: false }))
