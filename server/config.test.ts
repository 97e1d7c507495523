import { expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { ConfigError } from './env.ts'

it('serves the loopback address and an embedded database when nothing is set', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    databaseUrl: null,
    gridCodeScheme: 'cn15',
    timeZone: 'Asia/Shanghai',
    language: 'zh-CN',
    hotMonths: 13,
    demo: true,
    simulate: true,
  })
})

it('does not open itself to the network when HOST is set to nothing', () => {
  expect(readConfig({ HOST: '' }).host).toBe('127.0.0.1')
})

it.each([
  ['PORT', 'many'],
  ['PORT', '70000'],
  ['GRID_CODE_SCHEME', 'roman'],
  ['DISTRICT_TIME_ZONE', 'Asia/Nowhere'],
  ['DISTRICT_LANGUAGE', 'fr'],
  ['HOT_MONTHS', '0'],
  ['BASEMAP_STYLE_URL', '/style.json'],
  ['BASEMAP_STYLE_URL', 'file:///style.json'],
  ['DEMO', 'yes'],
  ['SIMULATE', 'off'],
  ['CAP_SOURCE_URL', 'file:///feed.xml'],
  ['CAP_SENDER', 'a b'],
  ['WEATHER_URL', 'weather.json'],
])('refuses %s=%s by its name, with a remedy', (name, value) => {
  const read = () => readConfig({ [name]: value })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(new RegExp(`^${name}=${value} .+: .+`))
})
