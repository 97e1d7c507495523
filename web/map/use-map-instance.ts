import { GPUInitializationError } from 'maplibre-gl'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { NOWHERE } from './camera.ts'
import { ContextLost, hideMap, isLost, type MapInstance, renewMap, showMap } from './map-instance.ts'
import type { Camera } from './map-types.ts'

/** `lost`: the GPU took the WebGL context away, another is being asked for. `impossible`: it gives no WebGL 2, for now. */
export type MapCondition = 'starting' | 'ready' | 'lost' | 'impossible'

const ASK_AGAIN_MS = 3000

/** The one map, shown in `parent` while the component lives; made anew when its WebGL context is lost. */
export function useMapInstance(
  parent: RefObject<HTMLElement | null>,
  camera: Camera | null,
  viewsKept: number,
) {
  const [instance, setInstance] = useState<MapInstance | null>(null)
  const [condition, setCondition] = useState<MapCondition>('starting')
  const start = useRef({ camera: camera ?? NOWHERE, viewsKept })

  useEffect(() => {
    let timer = 0
    let left = false
    const show = async () => {
      try {
        const made = await showMap(parent.current!, start.current)
        if (left) return
        setInstance(made)
        setCondition('ready')
      } catch (error) {
        tellUnforeseen(error)
        if (left) return
        setCondition(error instanceof GPUInitializationError ? 'impossible' : 'lost')
        // A graphics driver that is starting again refuses for a while
        timer = window.setTimeout(show, ASK_AGAIN_MS)
      }
    }
    void show()
    return () => {
      left = true
      clearTimeout(timer)
      hideMap()
    }
  }, [parent])

  useEffect(() => {
    if (!instance) return
    let timer = 0
    let left = false
    const renew = async () => {
      try {
        const made = await renewMap(instance, start.current.viewsKept)
        if (left) return
        setInstance(made)
        setCondition('ready')
      } catch (error) {
        tellUnforeseen(error)
        if (!left) timer = window.setTimeout(renew, ASK_AGAIN_MS)
      }
    }
    const lose = () => {
      instance.map.off('webglcontextlost', lose)
      setCondition('lost')
      timer = window.setTimeout(renew, 0)
    }
    instance.map.on('webglcontextlost', lose)
    // Nobody listened while it was being made, or was not shown
    if (isLost(instance)) lose()
    return () => {
      left = true
      clearTimeout(timer)
      instance.map.off('webglcontextlost', lose)
    }
  }, [instance])

  return { instance, condition }
}

/** What graphics do is to be expected; anything else that keeps a map from coming is a fault of ours. */
function tellUnforeseen(error: unknown): void {
  if (!(error instanceof GPUInitializationError || error instanceof ContextLost)) reportError(error)
}
