import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { StepState } from '../steps.ts'

const FILES: Record<string, { name: string; type: string }> = {
  '/start-tokens.css': { name: '../../web/ui/tokens.css', type: 'text/css; charset=utf-8' },
  '/start-progress.css': { name: 'page.css', type: 'text/css; charset=utf-8' },
  '/start-progress.js': { name: 'page.js', type: 'text/javascript; charset=utf-8' },
}
const PAGE = { name: 'page.html', type: 'text/html; charset=utf-8' }
const RETRY_AFTER_S = '2'

export interface StartState {
  /** the demo district has to be made first */
  isFirst: boolean
  steps: StepState[]
}

/**
 * Answers on the port while a start works: every page shows how far it is, as the terminal does, and asks again
 * until the real server answers. The API says 503. Closed before the real server listens in its place.
 * @throws what listening throws (EADDRINUSE, EACCES, ...)
 */
export async function serveStartPage(
  { host, port }: { host: string; port: number },
  start: () => StartState,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response, start).catch((error) => response.destroy(error))
  })
  await listen(server, host, port)
  const address = server.address() as { port: number }
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function answer(
  { url = '/', method }: IncomingMessage,
  response: ServerResponse,
  start: () => StartState,
): Promise<void> {
  const path = url.split('?')[0]!
  const send = (
    status: number,
    type: string,
    body: string | Buffer,
    headers: Record<string, string> = {},
  ) => {
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'self'; frame-ancestors 'self'",
      'x-content-type-options': 'nosniff',
      ...headers,
    })
    response.end(method === 'HEAD' ? undefined : body)
  }
  if (path === '/api/start') return send(200, 'application/json; charset=utf-8', JSON.stringify(start()))
  if (path === '/api/health') return send(200, 'application/json; charset=utf-8', '{"status":"ok"}')
  if (/^\/(api|tiles|metrics|docs)(\/|$)/.test(path) || (method !== 'GET' && method !== 'HEAD')) {
    const problem = {
      type: 'about:blank',
      title: 'The server is still starting.',
      status: 503,
      instance: path,
    }
    return send(503, 'application/problem+json', JSON.stringify(problem), { 'retry-after': RETRY_AFTER_S })
  }
  const { name, type } = FILES[path] ?? PAGE
  send(200, type, await readFile(new URL(name, import.meta.url)))
}
