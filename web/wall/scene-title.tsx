import { useFormat } from '../ui/format.ts'
import { useTick } from './use-tick.ts'

interface SceneTitleProps {
  title: string
  district: string | null
  beganAt: number
  endsAt: number
  pinned: boolean
  serverNow(): number
}

/** What the picture is, the time, and how much of the scene has passed. */
export function SceneTitle({ title, district, beganAt, endsAt, pinned, serverNow }: SceneTitleProps) {
  const format = useFormat()
  const now = useTick(serverNow, 1000)
  const passed = pinned ? 1 : (now * 1000 - beganAt) / (endsAt - beganAt)
  return (
    <>
      <h1>
        {title}
        {district && <small>{district}</small>}
      </h1>
      <time>
        {format.date(now)} <b>{format.clock(now)}</b>
      </time>
      <div className="wall-progress">
        <i style={{ width: `${Math.min(100, Math.max(0, 100 * passed))}%` }} />
      </div>
    </>
  )
}
