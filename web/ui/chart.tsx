import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { type CSSProperties, useEffect, useRef } from 'react'
import { useInterfaceScale } from './interface-scale.ts'

interface ChartProps {
  option: EChartsCoreOption
  /** what a screen reader says of the picture */
  description: string
  className: string
  style?: CSSProperties
}

/** A chart as large as its place, as sharp as the interface is scaled. */
export function Chart({ option, description, className, style }: ChartProps) {
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
    void import('./chart-engine.ts').then(({ init }) => {
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

  return <div ref={place} className={className} role="img" aria-label={description} style={style} />
}
