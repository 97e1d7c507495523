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
  const isForwarded = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'].some(
    (name) => headers[name],
  )
  return (
    isLoopback(config.host) &&
    !isForwarded &&
    LOOPBACK.test(socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(headers.host ?? '')
  )
}
