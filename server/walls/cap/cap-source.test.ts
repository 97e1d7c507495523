import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { listAlarms } from '../alarms/queries.ts'
import { CapSource } from './cap-source.ts'
import { readCap, readDocument } from './read-cap.ts'
import { readXml } from './read-xml.ts'

const at = (minutes: number) => `${new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 19)}-00:00`

interface Stated {
  id?: string
  status?: string
  msgType?: string
  references?: string
  sent?: string
  expires?: string
  severity?: string
  area?: string
  headline?: string
}
const SENT = at(-5)
const keyOf = (id: string, sent = SENT) => `met@example,${id},${sent}`
const message = ({ id = 'a', status = 'Actual', msgType = 'Alert', sent = SENT, ...more }: Stated = {}) =>
  `<cap:alert xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><cap:identifier>${id}</cap:identifier>
   <cap:sender>met@example</cap:sender><cap:sent>${sent}</cap:sent><cap:status>${status}</cap:status>
   <cap:msgType>${msgType}</cap:msgType><cap:scope>Public</cap:scope>
   ${more.references ? `<cap:references>${more.references}</cap:references>` : ''}
   <cap:info><cap:language>en-US</cap:language><cap:category>Met</cap:category><cap:event>Storm</cap:event>
   <cap:urgency>Immediate</cap:urgency><cap:severity>${more.severity ?? 'Severe'}</cap:severity>
   <cap:certainty>Likely</cap:certainty>${more.expires ? `<cap:expires>${more.expires}</cap:expires>` : ''}
   <cap:headline>${more.headline ?? 'Storm &amp; hail'}</cap:headline><cap:description><![CDATA[Stay <inside>]]></cap:description>
   <cap:area><cap:areaDesc>somewhere</cap:areaDesc>${more.area ?? ''}</cap:area></cap:info>
   <cap:info><cap:language>zh-CN</cap:language><cap:event>暴雨</cap:event><cap:severity>Severe</cap:severity>
   <cap:area><cap:areaDesc>某地</cap:areaDesc>${more.area ?? ''}</cap:area></cap:info></cap:alert>`
const feedOf = (...entries: string[]) =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>${entries
    .map((entry) => `<entry><id>x</id>${entry}</entry>`)
    .join('')}</feed>`
const inside = (text: string) => `<content type="text/xml">${text}</content>`

describe('a document of others', () => {
  it('is read with its entities, and refused with a type of its own before that could be expanded', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "${'x'.repeat(1000)}">]><alert>&x;</alert>`
    expect(() => readXml(bomb)).toThrow('declares a document type')
    expect(() => readXml('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>')).toThrow('declares a document type')
    expect(() => readXml('<alert>&x;</alert>')).toThrow(/entity/)
    for (const broken of ['', 'words', '<a><b></a>', '<a', '{}', '<a/><b/>'])
      expect(() => readXml(broken)).toThrow()
    expect(() => readXml('<a>'.repeat(100))).toThrow('too many elements')
    expect(() => readDocument(readXml('<html/>'))).toThrow('neither a CAP message nor an Atom feed')
  })

  it('tells what is meant, in the language of the district where it has that', () => {
    const read = (stated: Stated, language: 'en' | 'zh-CN' = 'en') =>
      readCap(readXml(message(stated)), language)
    expect(read({})).toMatchObject({
      key: keyOf('a'),
      info: { title: 'Storm & hail', text: 'Stay <inside>', level: 2, language: 'en-US', expires: null },
    })
    expect(read({}, 'zh-CN')!.info).toMatchObject({ title: '暴雨', area: { name: '某地' } })
    for (const status of ['Test', 'Exercise', 'Draft', 'System']) expect(read({ status })).toBeNull()
    for (const msgType of ['Ack', 'Error']) expect(read({ msgType })).toBeNull()
    expect(read({ msgType: 'Cancel', references: `${keyOf('a')} ${keyOf('b')}` })).toMatchObject({
      references: [keyOf('a'), keyOf('b')],
      info: null,
    })
    expect(() => read({ id: '' })).toThrow('no identifier')
    expect(() => read({ sent: 'yesterday' })).toThrow('no time')
    const area =
      '<cap:polygon>25,102 25,103 26,103 25,102</cap:polygon><cap:polygon>25,x 1,2 3,4 5,6</cap:polygon><cap:circle>25.5,102.5 3</cap:circle><cap:circle>,1 2</cap:circle>'
    expect(read({ area })!.info!.area).toMatchObject({
      polygons: [
        [
          [102, 25],
          [103, 25],
          [103, 26],
          [102, 25],
        ],
      ],
      circles: [{ center: [102.5, 25.5], radiusKm: 3 }],
    })
  })
})

describeOnEachDatabase('a source of warnings', (db) => {
  let server: Server
  let url: string
  let answers: Record<string, { status?: number; headers?: Record<string, string>; body: string }>
  let asked: string[]
  let warnings: string[]
  let works: boolean[]

  beforeAll(async () => {
    await db().query(`INSERT INTO areas (code, level, name, parent_code) VALUES
      ('990101', 'district', 'd', NULL), ('990101001', 'street', 'east', '990101'), ('990101002', 'street', 'west', '990101'),
      ('990101001001', 'community', 'e1', '990101001'), ('990101002001', 'community', 'w1', '990101002')`)
    await db().query(
      `INSERT INTO grids (code, valid_from, area_code, name, geom)
       SELECT code, '2020-01-01', left(code, 12), code, ST_Multi(ST_MakeEnvelope(x, 25, x + 0.01, 25.01, 4326))
         FROM (VALUES ('990101001001001', 102.0), ('990101002001001', 102.01)) grid (code, x)`,
    )
    server = createServer((request, response) => {
      asked.push(request.url!)
      const { status = 200, headers = {}, body } = answers[request.url!] ?? { status: 404, body: '' }
      response.writeHead(status, headers).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`
  })
  afterAll(() => void server.close())
  beforeEach(async () => {
    await db().query('DELETE FROM alarms')
    answers = {}
    asked = []
    warnings = []
    works = []
  })

  const open = () =>
    new CapSource({
      url,
      db: db(),
      config: { language: 'en', timeZone: 'Asia/Shanghai' },
      warn: (details) => warnings.push((details as { err: Error }).err.message),
      told: (one) => works.push(one),
    })
  const says = (body: string) => {
    answers['/feed'] = { body }
  }
  const seenBy = async (scope: string) =>
    (await listAlarms(db(), [scope], 7)).map(({ title, placeCode }) => [title, placeCode])
  const circle = (lng: number) => `<cap:circle>25.005,${lng} 0.1</cap:circle>`

  it('is taken over once by however many servers, and shown to whom it concerns', async () => {
    says(
      feedOf(
        inside(message({ id: 'west', headline: 'west', area: circle(102.015) })),
        inside(
          message({
            id: 'both',
            headline: 'both',
            area: '<cap:polygon>24,101 24,103 26,103 26,101 24,101</cap:polygon>',
          }),
        ),
        inside(message({ id: 'elsewhere', headline: 'elsewhere', area: circle(50) })),
        inside(
          message({
            id: 'named',
            headline: 'named',
            area: '<cap:geocode><cap:valueName>c</cap:valueName><cap:value>990101001000</cap:value></cap:geocode>',
          }),
        ),
        inside(
          message({
            id: 'other',
            headline: 'other',
            area: '<cap:geocode><cap:valueName>c</cap:valueName><cap:value>880101000000</cap:value></cap:geocode>',
          }),
        ),
        inside(message({ id: 'over', headline: 'over', expires: at(-1) })),
        inside(message({ id: 'nowhere', headline: 'nowhere' })),
      ),
    )
    const sources = [open(), open()]
    await Promise.all(sources.map((source) => source.ask()))
    await sources[0]!.ask()
    expect((await seenBy('')).sort()).toEqual([
      ['both', '990101'],
      ['named', '990101001'],
      ['nowhere', ''],
      ['west', '990101002001'],
    ])
    expect((await seenBy('990101001')).sort()).toEqual([
      ['both', '990101'],
      ['named', '990101001'],
      ['nowhere', ''],
    ])
    expect((await listAlarms(db(), [''], 7)).find(({ title }) => title === 'west')).toMatchObject({
      wallId: null,
      source: 'cap',
      level: 2,
    })
    expect([warnings, works]).toEqual([[], [true, true, true]])
  })

  it('concerns every place within any of its shapes, however they overlap or cross themselves', async () => {
    const square = (west: number, east: number) =>
      `<cap:polygon>24.9,${west} 25.1,${west} 25.1,${east} 24.9,${east} 24.9,${west}</cap:polygon>`
    const named = (headline: string, area: string) => inside(message({ id: headline, headline, area }))
    says(
      feedOf(
        named('one within another', square(101, 103) + square(101.99, 102.03)),
        named('two that share a part', square(101, 102.03) + square(101.99, 103)),
        named('twice the same', square(102.001, 102.009).repeat(2)),
        named('a circle on a square', square(102.001, 102.009) + circle(102.005)),
        named(
          'a bow tie',
          '<cap:polygon>25.004,102.004 25.006,102.006 25.006,102.004 25.004,102.006 25.004,102.004</cap:polygon>',
        ),
        named(
          'a line',
          '<cap:polygon>25.004,102.004 25.006,102.006 25.004,102.004 25.004,102.004</cap:polygon>',
        ),
      ),
    )
    await open().ask()
    expect(warnings).toEqual([])
    expect((await seenBy('990101001')).sort()).toEqual([
      ['a bow tie', '990101001001'],
      ['a circle on a square', '990101001001'],
      ['a line', '990101001001'],
      ['one within another', '990101'],
      ['twice the same', '990101001001'],
      ['two that share a part', '990101'],
    ])
  })

  it('says where it holds, or is left out: shapes that cannot be read are not everywhere', async () => {
    const ring = Array.from({ length: 12_001 }, (_, n) => {
      const angle = (2 * Math.PI * n) / 12_000
      return `${(25.005 + 0.004 * Math.sin(angle)).toFixed(7)},${(102.005 + 0.004 * Math.cos(angle)).toFixed(7)}`
    })
    const code = '<cap:geocode><cap:valueName>c</cap:valueName><cap:value>990101002</cap:value></cap:geocode>'
    const broken = '<cap:polygon>25,102 25,103 26;103 25,102</cap:polygon>'
    const entries = {
      unreadable: broken,
      empty: '<cap:circle></cap:circle>',
      'with a code': `${broken}${code}`,
      'with another shape': `${broken}${circle(102.005)}`,
      'of many points': `<cap:polygon>${ring.join(' ')}</cap:polygon>`,
    }
    const ids = Object.entries(entries)
    says(feedOf(...ids.map(([id, area]) => inside(message({ id, headline: id, area })))))
    const source = open()
    await source.ask()
    await source.ask()
    expect((await seenBy('')).sort()).toEqual([
      ['of many points', '990101001001'],
      ['with a code', '990101002'],
      ['with another shape', '990101001001'],
    ])
    expect(warnings).toEqual([
      'the message unreadable has no shape that can be read',
      'the message empty has no shape that can be read',
    ])
    expect(works).toEqual([false, false])
  })

  it('ends what it cancels, and what an update takes the place of', async () => {
    const source = open()
    says(feedOf(inside(message({ id: 'a', headline: 'a' })), inside(message({ id: 'b', headline: 'b' }))))
    await source.ask()
    const update = message({
      id: 'c',
      headline: 'c',
      msgType: 'Update',
      references: keyOf('a'),
      sent: at(-3),
    })
    says(feedOf(inside(update), inside(message({ id: 'a', headline: 'a' }))))
    await source.ask()
    expect((await seenBy('')).map(([title]) => title)).toEqual(['b', 'c'])
    says(message({ id: 'd', msgType: 'Cancel', references: keyOf('b'), sent: at(-2) }))
    await source.ask()
    expect((await seenBy('')).map(([title]) => title)).toEqual(['c'])
    // A server that starts now raises nothing that was ended
    await db().query('DELETE FROM alarms')
    says(feedOf(inside(update), inside(message({ id: 'a', headline: 'a' }))))
    await open().ask()
    expect((await seenBy('')).map(([title]) => title)).toEqual(['c'])
  })

  it('may link to its messages, each fetched once, on its own host alone', async () => {
    const link = (href: string) => `<link type="application/cap+xml" href="${href}"/>`
    says(feedOf(link('/one'), link('two?x=1')))
    answers['/one'] = { body: message({ id: 'one', headline: 'one' }) }
    answers['/two?x=1'] = { body: message({ id: 'two', headline: 'two' }) }
    const source = open()
    await source.ask()
    await source.ask()
    expect((await seenBy('')).map(([title]) => title).sort()).toEqual(['one', 'two'])
    expect(asked.sort()).toEqual(['/feed', '/feed', '/one', '/two?x=1'])
    says(feedOf(link('http://169.254.169.254/secret')))
    await source.ask()
    expect(warnings).toEqual([expect.stringContaining('another host')])
  })

  it('has every warning taken over that can be read, whatever stands beside it; the rest is logged once', async () => {
    const link = (href: string) => `<link type="application/cap+xml" href="${href}"/>`
    says(
      feedOf(
        link('https://cdn.example/x.xml'),
        link('/absent'),
        link('/web-page'),
        inside(message({ id: '' })),
        inside(message({ id: 'when', sent: 'yesterday' })),
        inside(message({ id: 'storm', headline: 'storm', severity: 'Extreme' })),
        link('/linked'),
      ),
    )
    answers['/web-page'] = { body: '<html/>' }
    answers['/linked'] = { body: feedOf(inside(message({ id: 'linked', headline: 'linked' }))) }
    const source = open()
    await source.ask()
    await source.ask()
    expect((await seenBy('')).map(([title]) => title).sort()).toEqual(['linked', 'storm'])
    expect(warnings.sort()).toEqual([
      'a message has no identifier',
      'the answer has the status 404',
      'the document is <html>, neither a CAP message nor an Atom feed',
      'the feed links to another host: https://cdn.example/x.xml',
      'the message when has no time that can be read: yesterday',
    ])
    expect(works).toEqual([false, false])
    // Cancels are seen too
    says(
      feedOf(
        link('/absent'),
        inside(message({ id: 'c', msgType: 'Cancel', references: keyOf('storm'), sent: at(-1) })),
      ),
    )
    await source.ask()
    expect((await seenBy('')).map(([title]) => title)).toEqual(['linked'])
    // It is there after all
    answers['/absent'] = { body: message({ id: 'late', headline: 'late' }) }
    await source.ask()
    expect((await seenBy('')).map(([title]) => title)).toEqual(['linked', 'late'])
    expect([works.at(-1), warnings.length]).toEqual([true, 5])
  })

  it('asks for the links that failed after those that did not', async () => {
    const link = (href: string) => `<link type="application/cap+xml" href="${href}"/>`
    says(feedOf(...Array.from({ length: 8 }, (_, n) => link(`/bad${n}`)), link('/good')))
    answers['/good'] = { body: message({ id: 'good', headline: 'good' }) }
    const source = open()
    await source.ask()
    expect(await seenBy('')).toEqual([])
    await source.ask()
    expect((await seenBy('')).map(([title]) => title)).toEqual(['good'])
    expect(works).toEqual([false, false])
  })

  it('that fails is logged once until it works again, and harms nothing', async () => {
    const source = open()
    for (const answer of [
      { status: 500, body: '' },
      { status: 302, headers: { location: '/other' }, body: '' },
      { body: '<!DOCTYPE x><alert/>' },
      { body: `<feed>${' '.repeat(2 ** 21)}</feed>` },
      { body: 'not XML' },
    ]) {
      answers['/feed'] = answer
      await source.ask()
    }
    expect(warnings).toHaveLength(1)
    expect(asked).not.toContain('/other')
    expect(works).toEqual([false, false, false, false, false])
    says(feedOf())
    await source.ask()
    answers = {}
    await source.ask()
    expect(warnings).toEqual(['the answer has the status 500', 'the answer has the status 404'])
    await source.close()
  })
})
