import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef } from 'react'
import { useInterfaceScale } from '../ui/interface-scale.ts'

/** A chart as large as its panel, as sharp as the wall. */
export function Chart({ option, description }: { option: EChartsCoreOption; description: string }) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const latest = useRef(option)
  latest.current = option
  const scale = useInterfaceScale()

  useEffect(() => {
    const element = place.current
    if (!element) return
    let gone = false
    const resized = new ResizeObserver(() => chart.current?.resize())
    void import('../ui/chart-engine.ts').then(({ init }) => {
      if (gone) return
      chart.current = init(element, null, { devicePixelRatio: devicePixelRatio * scale })
      chart.current.setOption(latest.current)
      resized.observe(element)
    })
    return () => {
      gone = true
      resized.disconnect()
      chart.current?.dispose()
      chart.current = null
    }
  }, [scale])

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true, lazyUpdate: true })
  }, [option])

  return <div ref={place} className="wall-chart" role="img" aria-label={description} />
}
