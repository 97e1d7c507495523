import type { EChartsCoreOption } from 'echarts/core'
import { Chart } from './chart.tsx'
import { useFormat } from './format.ts'
import type { Theme } from './palettes.ts'
import { FONT_FAMILY, TYPE_PIXELS } from './scale.ts'

export interface TimeBarSeries {
  name: string
  color: string
  values: ArrayLike<number>
}

interface TimeBarsProps {
  /** what each bar is called on the axis, and in full */
  labels: readonly string[]
  titles: readonly string[]
  /** stacked, the first at the bottom */
  series: readonly TimeBarSeries[]
  theme: Theme
  heightPixels: number
  /** what a screen reader says of the picture */
  description: string
}

const INK = {
  dark: { axis: '#8395af', line: 'rgba(148,178,222,0.16)', tip: '#15233b', text: '#e6edf7' },
  light: { axis: '#58667e', line: 'rgba(23,43,77,0.13)', tip: '#ffffff', text: '#172b4d' },
} satisfies Record<Theme, object>

/** Amounts over time as stacked bars. */
export function TimeBars(props: TimeBarsProps) {
  const format = useFormat()
  return (
    <Chart
      option={optionOf(props, format.count)}
      description={props.description}
      className="time-bars"
      style={{ height: props.heightPixels }}
    />
  )
}

function optionOf(
  { labels, titles, series, theme }: TimeBarsProps,
  count: (value: number) => string,
): EChartsCoreOption {
  const ink = INK[theme]
  const text = { color: ink.axis, fontSize: TYPE_PIXELS.xs, fontFamily: FONT_FAMILY }
  return {
    animation: false,
    grid: { left: 2, right: 14, top: 8, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: [...labels],
      axisLabel: { ...text, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink.line } },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      axisLabel: { ...text, formatter: count },
      splitLine: { lineStyle: { color: ink.line } },
    },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      confine: true,
      backgroundColor: ink.tip,
      borderColor: ink.line,
      textStyle: { color: ink.text, fontSize: TYPE_PIXELS.s, fontFamily: FONT_FAMILY },
      formatter: (items: unknown) => tipOf(items as TipItem[], titles, count),
    },
    series: series.map(({ name, color, values }) => ({
      type: 'bar',
      name,
      stack: 'all',
      barCategoryGap: '22%',
      itemStyle: { color },
      data: Array.from(values),
    })),
  }
}

interface TipItem {
  dataIndex: number
  seriesName: string
  marker: string
  value: number
}

/** All of it is our own text and numbers: nothing here can carry markup of a user. */
function tipOf(items: TipItem[], titles: readonly string[], count: (value: number) => string): string {
  const rows = items.map(({ marker, seriesName, value }) => `${marker}${seriesName} <b>${count(value)}</b>`)
  return [titles[items[0]?.dataIndex ?? 0] ?? '', ...rows].join('<br>')
}
