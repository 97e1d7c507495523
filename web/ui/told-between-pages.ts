import { useEffect, useRef, useState } from 'react'

type Message<T> = { kind: 'ask' } | { kind: 'tell'; value: T | null }

/** Other pages of this browser that listen on `channel` know `value` as long as this one stands. */
export function useTellPages<T>(channel: string, value: T): void {
  const line = useRef<BroadcastChannel | null>(null)
  const latest = useRef(value)
  useEffect(() => {
    const opened = new BroadcastChannel(channel)
    line.current = opened
    const tell = (told: T | null) => opened.postMessage({ kind: 'tell', value: told } satisfies Message<T>)
    opened.onmessage = ({ data }: MessageEvent<Message<T>>) => {
      if (data.kind === 'ask') tell(latest.current)
    }
    // Also when the page is closed, where no effect ends
    const leave = () => tell(null)
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
      opened.close()
    }
  }, [channel])
  useEffect(() => {
    latest.current = value
    line.current?.postMessage({ kind: 'tell', value } satisfies Message<T>)
  }, [value])
}

/** What another page tells on `channel`; null: none does, or nobody listens (no channel). */
export function useToldByPage<T>(channel: string | null): T | null {
  const [told, setTold] = useState<T | null>(null)
  useEffect(() => {
    if (channel === null) return
    const opened = new BroadcastChannel(channel)
    opened.onmessage = ({ data }: MessageEvent<Message<T>>) => {
      if (data.kind === 'tell') setTold(data.value)
    }
    opened.postMessage({ kind: 'ask' } satisfies Message<T>)
    return () => {
      opened.close()
      setTold(null)
    }
  }, [channel])
  return told
}
