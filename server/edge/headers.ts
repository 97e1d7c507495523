import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { contentSecurityPolicy } from './content-security.ts'

/** What no page here uses, no script that got in may either. */
const PERMISSIONS = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'bluetooth', 'midi']
/** About people and ways in, and what is of the moment: not even the browser keeps these. */
const NEVER_KEPT = /^\/api\/(access|users|walls|audit|contacts|live)(\/|\?|$)/

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
  app.addHook('onSend', async ({ url }, reply) => {
    reply.header('permissions-policy', permissions)
    if (!url.startsWith('/api/') || reply.hasHeader('cache-control')) return
    reply.header('cache-control', NEVER_KEPT.test(url) ? 'no-store' : 'private, no-cache')
  })
}
