import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { WeatherSource } from './weather-source.ts'

let server: Server
let url: string
let answer: string
let asked = 0
let warnings: string[]
let works: boolean[]
beforeAll(async () => {
  server = createServer((_request, response) => {
    asked++
    response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => void server.close())
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-27T04:00:00Z') })
  asked = 0
  warnings = []
  works = []
})
afterEach(() => void vi.useRealTimers())

const open = () =>
  new WeatherSource({
    url,
    warn: (details) => warnings.push((details as { err: Error }).err.message),
    told: (one) => works.push(one),
  })
const says = (more: object = {}) => {
  answer = JSON.stringify({ temperatureC: -3.5, text: '多云', at: '2026-11-27T11:50:00+08:00', ...more })
}
const later = (minutes: number) => void vi.setSystemTime(Date.now() + minutes * 60_000)

it('the weather is asked for once in ten minutes, however many ask, and what is not documented is left out', async () => {
  says({ icon: '☁', humidity: 3 })
  const source = open()
  const told = { temperatureC: -3.5, text: '多云', icon: '☁', at: '2026-11-27T03:50:00.000Z' }
  expect(await Promise.all([source.now(), source.now(), source.now()])).toEqual([told, told, told])
  later(9)
  await source.now()
  expect(asked).toBe(1)
  says({ textEn: 'cloudy' })
  later(2)
  // Who has something to show does not wait for what is new
  expect(await source.now()).toEqual(told)
  await expect.poll(() => source.now()).toMatchObject({ textEn: 'cloudy' })
  expect([asked, works]).toEqual([2, [true, true]])
})

it('the weather stays as it was last told, with its age, when the source fails', async () => {
  const source = open()
  says({ temperatureC: 'cold' })
  expect(await source.now()).toBeNull()
  expect(await source.now()).toBeNull()
  expect(asked).toBe(1)
  says()
  later(2)
  expect(await source.now()).toMatchObject({ text: '多云' })
  for (const broken of ['{', '[]', '{"at":"yesterday","temperatureC":1,"text":"x"}']) {
    answer = broken
    later(11)
    await source.now()
    await expect.poll(() => works.at(-1)).toBe(false)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await source.now()).toMatchObject({ at: '2026-11-27T03:50:00.000Z' })
  }
  expect(warnings).toHaveLength(2)
  expect(warnings[0]).toContain('temperatureC')
})
