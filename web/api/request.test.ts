import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { STILL_LOADING } from '../../domain/problem.ts'
import { ApiError, ConnectionLost, getJson, StillLoading } from './request.ts'

let server: Server
let answer: { status: number; body: object | string }
beforeAll(async () => {
  server = createServer((_, response) => {
    response.statusCode = answer.status
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
})
afterAll(() => void server.close())

const failure = async (status: number, body: object | string) => {
  answer = { status, body }
  const { port } = server.address() as AddressInfo
  return getJson(`http://127.0.0.1:${port}/`).catch((error: unknown) => error)
}
const problem = { type: 'about:blank', title: 'No.', status: 503 }

it('tells a server that still loads from one that is gone or cannot', async () => {
  expect(await failure(503, { ...problem, type: STILL_LOADING })).toBeInstanceOf(StillLoading)
  expect(await failure(503, problem)).toBeInstanceOf(ConnectionLost)
  expect(await failure(502, '<html>Bad gateway</html>')).toBeInstanceOf(ConnectionLost)
  const refused = await failure(400, { ...problem, status: 400 })
  expect(refused).toBeInstanceOf(ApiError)
  expect(refused).not.toBeInstanceOf(StillLoading)
})
