import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { Action } from '../../domain/access/action.ts'
import { contentSecurityPolicy } from './content-security.ts'

/** What no page here uses, no script that got in may either. */
const PERMISSIONS = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'bluetooth', 'midi']
/** What the browser of the asker alone may keep, to ask whether it is current; everything else is kept nowhere. */
const KEPT: ReadonlySet<string> = new Set<Action>(['map.read', 'incident.read', 'docs.read'])

/** What browsers are told with every answer: what a page may load and do, and who keeps an answer. */
export async function sendHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: contentSecurityPolicy(app.config),
    // TLS ends at the proxy, which says so itself
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  })
  const permissions = PERMISSIONS.map((name) => `${name}=()`).join(', ')
  app.addHook('onSend', async ({ routeOptions }, reply) => {
    reply.header('permissions-policy', permissions)
    if (reply.hasHeader('cache-control')) return
    // By what the route does, however its address is written
    reply.header(
      'cache-control',
      KEPT.has(routeOptions.config?.action ?? '') ? 'private, no-cache' : 'no-store',
    )
  })
}
