import type { FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/

/** Whether who listens there is reached from this machine alone. */
export const isLoopback = (host: string) => LOOPBACK.test(host) || host === 'localhost'

/**
 * Whether server and asker are the same machine: it listens there alone, the connection comes from there, no proxy
 * stands between, and the address typed says so too (a foreign name that leads here is somebody else's page).
 */
export function isOnThisMachine({ socket, headers }: FastifyRequest, config: Config): boolean {
  // A proxy that passes on neither address nor host is told by the page that it served, or by the settings
  const pages = [headers.origin, headers.referer].filter((page) => page !== undefined)
  const isForwarded = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'].some(
    (name) => headers[name],
  )
  return (
    isLoopback(config.host) &&
    config.trustedProxies.length === 0 &&
    !isForwarded &&
    pages.every((page) => URL.canParse(page) && LOOPBACK_HOST.test(new URL(page).host)) &&
    LOOPBACK.test(socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(headers.host ?? '')
  )
}
