import {
  ClockCircleOutlined,
  CloudOutlined,
  FileImageOutlined,
  NumberOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Panel } from '../../../domain/wall/panel.ts'

const TREND = [0.45, 0.6, 0.4, 0.7, 0.55, 0.85, 0.65, 0.95]
const RANKS = [1, 0.82, 0.66, 0.55, 0.42, 0.3, 0.24, 0.2, 0.17, 0.14, 0.12, 0.1, 0.09, 0.08, 0.07]
/** Shares of a ring, and how strong each is drawn. */
const SHARES = [0.38, 0.27, 0.2, 0.15]
const AROUND = 2 * Math.PI * 15

/** What a panel will look like: its form, without any number. */
export function PanelSchematic({ panel, name }: { panel: Panel; name: string }) {
  return (
    <>
      <span className="panel-name">{name}</span>
      <span className="panel-form" aria-hidden="true">
        {formOf(panel)}
      </span>
    </>
  )
}

function formOf(panel: Panel): ReactNode {
  switch (panel.kind) {
    case 'figure':
      return <NumberOutlined className="form-figure" />
    case 'trend':
      return <Bars />
    case 'ranking':
      return <Lines lengths={RANKS.slice(0, panel.most)} />
    case 'ring':
      return <Ring />
    case 'list':
      return (
        <>
          <UnorderedListOutlined className="form-icon" />
          <Lines lengths={Array.from({ length: panel.most }, () => 1)} thin />
        </>
      )
    case 'text':
      return <span className="form-text">{panel.text}</span>
    case 'clock':
      return <ClockCircleOutlined className="form-icon large" />
    case 'weather':
      return <CloudOutlined className="form-icon large" />
    case 'image':
      return (
        <span className="form-image">
          <FileImageOutlined className="form-icon large" />
          {panel.image}
        </span>
      )
  }
}

function Bars() {
  return (
    <svg viewBox="0 0 80 40" preserveAspectRatio="none" aria-hidden="true">
      {TREND.map((share, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
        <rect key={n} x={n * 10 + 1.5} y={40 - share * 38} width={7} height={share * 38} rx={1} />
      ))}
    </svg>
  )
}

function Lines({ lengths, thin = false }: { lengths: readonly number[]; thin?: boolean }) {
  const step = 40 / lengths.length
  return (
    <svg viewBox="0 0 80 40" preserveAspectRatio="none" aria-hidden="true">
      {lengths.map((share, n) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
          key={n}
          x={0}
          y={n * step + step * (thin ? 0.42 : 0.25)}
          width={share * 80}
          height={step * (thin ? 0.16 : 0.5)}
          opacity={thin ? 0.7 : 1}
        />
      ))}
    </svg>
  )
}

function Ring() {
  let begin = 0
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true">
      {SHARES.map((share, n) => {
        const offset = -begin * AROUND
        begin += share
        return (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
            key={n}
            cx={20}
            cy={20}
            r={15}
            strokeDasharray={`${share * AROUND - 1.2} ${AROUND}`}
            strokeDashoffset={offset}
            opacity={1 - n * 0.22}
          />
        )
      })}
    </svg>
  )
}
