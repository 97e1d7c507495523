import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { signIn } from '../test-app.ts'
import { asker, pairScreen, smallWall } from '../test-walls.ts'

describeOnEachDatabase('walls', (db) => {
  let app: Awaited<ReturnType<typeof buildApp>>
  let administrator: string
  let dispatcher: string
  let dataDir: string
  const ask = asker(() => app)

  beforeAll(async () => {
    await db().query(`INSERT INTO areas (code, level, name) VALUES ('990101', 'district', 'd')`)
    dataDir = await mkdtemp(join(tmpdir(), 'grid-walls-'))
    app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent', DATA_DIR: dataDir }), db: db() })
    administrator = await signIn(db())
    dispatcher = await signIn(db(), { role: 'dispatcher', scope: ['990101'] })
  })
  afterAll(async () => {
    await app?.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  const make = async (name: string, content = smallWall()) => {
    const answer = await ask('POST', '/walls', administrator, { name, content })
    expect(answer.statusCode).toBe(201)
    return answer.json().id as number
  }
  const topics = async (work: () => Promise<unknown>) => {
    const last = (await db().query<{ seq: number | null }>('SELECT max(seq) AS seq FROM changes')).rows[0]!
    await work()
    const { rows } = await db().query<{ topic: string; key: string | null }>(
      'SELECT DISTINCT topic, key FROM changes WHERE seq > $1::bigint ORDER BY topic, key',
      [last.seq ?? 0],
    )
    return rows.map(({ topic, key }) => `${topic} ${key}`)
  }

  it('are made once by a key, with the ready-made scenes where none are stated', async () => {
    const headers = { 'idempotency-key': 'the same' }
    const body = { name: 'hall' }
    const first = await ask('POST', '/walls', administrator, body, headers)
    expect(first.statusCode).toBe(201)
    expect(first.headers).toMatchObject({ etag: '"1"', location: `/api/walls/${first.json().id}` })
    expect(first.json()).toMatchObject({ name: 'hall', version: 1, content: { language: 'zh-CN' } })
    expect((await ask('POST', '/walls', administrator, body, headers)).json()).toEqual(first.json())
    expect((await ask('POST', '/walls', administrator, { name: 'other' }, headers)).statusCode).toBe(422)
    expect((await ask('GET', '/walls', dispatcher)).json()).toMatchObject([{ name: 'hall', version: 1 }])
    expect((await ask('POST', '/walls', dispatcher, body)).statusCode).toBe(403)
  })

  it('keep every version; who changed an older one is answered the one in force', async () => {
    const id = await make('editing')
    const change = (tag: string | null, name: string) =>
      ask(
        'PUT',
        `/walls/${id}`,
        administrator,
        { name, content: smallWall() },
        tag === null ? {} : { 'if-match': tag },
      )
    expect((await change(null, 'x')).statusCode).toBe(428)
    const second = await change('"1"', 'second')
    expect([second.statusCode, second.headers.etag, second.json().name]).toEqual([200, '"2"', 'second'])
    const stale = await change('"1"', 'stale')
    expect([stale.statusCode, stale.headers.etag]).toEqual([412, '"2"'])
    expect(stale.json().current).toEqual(second.json())
    expect((await change('W/"2"', 'third')).json().version).toBe(3)
    const versions = (await ask('GET', `/walls/${id}/versions`, administrator)).json()
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1])
    expect((await ask('GET', `/walls/${id}/versions/2`, administrator)).json()).toEqual(second.json())
    expect((await ask('GET', `/walls/${id}/versions/4`, administrator)).statusCode).toBe(404)
    expect((await ask('GET', `/walls/${id}`, dispatcher)).headers.etag).toBe('"3"')
  })

  it('are deleted by who has seen the version in force', async () => {
    const id = await make('deleted')
    await ask(
      'PUT',
      `/walls/${id}`,
      administrator,
      { name: 'newer', content: smallWall() },
      { 'if-match': '"1"' },
    )
    const remove = (headers = {}) => ask('DELETE', `/walls/${id}`, administrator, undefined, headers)
    expect((await remove()).statusCode).toBe(428)
    const stale = await remove({ 'if-match': '"1"' })
    expect([stale.statusCode, stale.headers.etag]).toEqual([412, '"2"'])
    expect(stale.json().current).toMatchObject({ name: 'newer', version: 2 })
    expect((await ask('GET', `/walls/${id}`, administrator)).statusCode).toBe(200)
    expect((await remove({ 'if-match': 'W/"2"' })).statusCode).toBe(204)
    expect((await remove({ 'if-match': '"2"' })).statusCode).toBe(404)
  })

  it('of two who change the same version at once, one is answered that it is stale', async () => {
    const id = await make('race')
    const body = { name: 'race', content: smallWall() }
    const change = () => ask('PUT', `/walls/${id}`, administrator, body, { 'if-match': '"1"' })
    const answers = await Promise.all([change(), change(), change()])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412, 412])
  })

  it('that cannot be shown are refused, with every field', async () => {
    const content = smallWall()
    content.scenes[1]!.id = 'one'
    content.scenes[0]!.source.area = '990109'
    content.programmes = [{ when: { from: '08:00' }, scenes: ['absent'] }]
    const answer = await ask('POST', '/walls', administrator, { name: 'x', content })
    expect(answer.statusCode).toBe(400)
    expect(
      answer
        .json()
        .faults.map(({ field }: { field: string }) => field)
        .sort(),
    ).toEqual([
      'content.programmes.0.scenes.0',
      'content.programmes.0.when.to',
      'content.scenes.0.source.area',
      'content.scenes.1.id',
    ])
  })

  describe('on a screen', () => {
    it('are the ready-made one, or the one chosen for it; of others it is told nothing', async () => {
      const id = await make('chosen')
      const other = await make('not chosen')
      const screen = await pairScreen(db(), { name: 'lobby', scope: ['990101'] })
      const own = async () => (await ask('GET', '/walls/own', screen.cookie)).json()
      expect(await own()).toMatchObject({ id: 0, version: 0 })
      const choose = (wallId: number | null) =>
        ask('PATCH', `/walls/devices/${screen.id}`, administrator, { wallId })
      expect(await topics(() => choose(id))).toContain(`wall_devices ${screen.id}`)
      expect(await own()).toMatchObject({ id, name: 'chosen' })
      for (const path of [`/walls/own?id=${other}`, `/walls/${other}/steering`, `/walls/${other}/alarms`]) {
        expect([path, (await ask('GET', path, screen.cookie)).statusCode]).toEqual([path, 404])
      }
      for (const path of [`/walls/own?id=${id}`, `/walls/${id}/steering`, `/walls/${id}/alarms`]) {
        expect([path, (await ask('GET', path, screen.cookie)).statusCode]).toEqual([path, 200])
      }
      expect((await ask('GET', `/walls/${id}`, screen.cookie)).statusCode).toBe(403)
      expect((await ask('GET', `/walls/own?id=${other}`, dispatcher)).json().id).toBe(other)
      expect((await choose(4_000_000)).json().faults[0].field).toBe('wallId')
      const tag = { 'if-match': '"1"' }
      expect(await topics(() => ask('DELETE', `/walls/${id}`, administrator, undefined, tag))).toEqual(
        expect.arrayContaining([`walls ${id}`, `wall_devices ${screen.id}`]),
      )
      expect(await own()).toMatchObject({ id: 0 })
      expect((await ask('GET', `/walls/${id}`, administrator)).statusCode).toBe(404)
    })

    it('tell of themselves: the last report is kept, and the last picture', async () => {
      const screen = await pairScreen(db(), { name: 'reporting' })
      const report = {
        scene: 'one',
        wallVersion: 1,
        release: '1.0',
        width: 1920,
        height: 1080,
        pixelRatio: 1,
        frameRate: null,
        memoryMb: null,
        dataAgeSeconds: 2,
        clockOffsetMs: -4,
        contextLosses: 0,
        upSeconds: 10,
        lastError: null,
      }
      const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Array(200).fill(7), 0xff, 0xd9])
      const send = (more: object, cookie = screen.cookie) =>
        ask('POST', '/walls/reports', cookie, { ...report, ...more })
      expect(await topics(() => send({ thumbnail: jpeg.toString('base64') }))).toEqual([])
      expect((await send({ upSeconds: 25 })).statusCode).toBe(204)
      expect((await send({}, administrator)).statusCode).toBe(403)
      for (const thumbnail of ['not base64!', Buffer.from('<svg>').toString('base64'), '']) {
        expect((await send({ thumbnail })).json().faults[0].field).toBe('thumbnail')
      }
      const watched = (await ask('GET', '/walls/reports', administrator)).json()
      expect(watched).toMatchObject([
        { deviceId: screen.id, wallId: null, hasThumbnail: true, report: { scene: 'one', upSeconds: 25 } },
      ])
      const picture = await ask('GET', `/walls/reports/${screen.id}/thumbnail`, administrator)
      expect([picture.headers['content-type'], picture.rawPayload.equals(jpeg)]).toEqual(['image/jpeg', true])
      expect((await ask('GET', '/walls/reports/4000000/thumbnail', administrator)).statusCode).toBe(404)
    })
  })

  it('are steered from a desk, for a while', async () => {
    const id = await make('steered')
    const steer = (command: object) => ask('POST', `/walls/${id}/steering`, dispatcher, command)
    const now = async () => (await ask('GET', `/walls/${id}/steering`, dispatcher)).json()
    expect(await now()).toMatchObject({ offsetSeconds: 0, pinned: null, by: null })
    expect(await topics(() => steer({ kind: 'pin', scene: 'two' }))).toEqual([`wall_steering ${id}`])
    expect((await steer({ kind: 'pin', scene: 'absent' })).json().faults[0].field).toBe('scene')
    await steer({ kind: 'fly', lng: 1, lat: 2, zoom: 3 })
    await steer({ kind: 'point', lng: 1, lat: 2, text: 'here' })
    const steered = await now()
    expect(steered).toMatchObject({ pinned: 'two', camera: { zoom: 3 }, mark: { text: 'here' } })
    expect(steered.by).toContain('dispatcher')
    await db().query(`UPDATE wall_steering SET until = now() - interval '1 second'`)
    expect(await now()).toMatchObject({ pinned: null, camera: null, mark: null, until: null })
    await steer({ kind: 'next' })
    expect(await now()).not.toMatchObject({ offsetSeconds: 0 })
    await steer({ kind: 'resume' })
    expect(await now()).toMatchObject({ offsetSeconds: 0, until: null })
    // The ready-made wall is steered too
    const shipped = await ask('POST', '/walls/0/steering', administrator, { kind: 'next' })
    expect(shipped.statusCode).toBe(200)
    expect((await ask('POST', '/walls/4000000/steering', dispatcher, { kind: 'next' })).statusCode).toBe(404)
  })

  it('are steered by nobody who sees less than a screen that shows them', async () => {
    const id = await make('of two streets')
    const street = await signIn(db(), { role: 'dispatcher', scope: ['990101001'] })
    const steer = async (cookie: string) =>
      (await ask('POST', `/walls/${id}/steering`, cookie, { kind: 'pin', scene: 'two' })).statusCode
    const maySteer = async (cookie: string) =>
      (await ask('GET', `/walls/${id}/steering`, cookie)).json().maySteer
    await pairScreen(db(), { name: 'of a street', scope: ['990101001001'], wallId: id })
    expect(await maySteer(street)).toBe(true)
    expect(await steer(street)).toBe(200)
    const wide = await pairScreen(db(), { name: 'of both', scope: ['990101001', '990101002'], wallId: id })
    const answers = [await steer(street), await steer(dispatcher), await steer(administrator)]
    expect(answers).toEqual([403, 200, 200])
    expect(await Promise.all([street, dispatcher, wide.cookie].map(maySteer))).toEqual([false, true, false])
    const { rows } = await db().query(
      `SELECT action, outcome FROM audit WHERE outcome = 'refused' AND subject = $1`,
      [`wall ${id}`],
    )
    expect(rows).toEqual([{ action: 'wall.steer', outcome: 'refused' }])
    await db().query('UPDATE wall_devices SET revoked_at = now() WHERE id = $1::bigint', [wide.id])
    expect(await steer(street)).toBe(200)
  })

  it('show images of a folder, and nothing else', async () => {
    const folder = join(dataDir, 'wall-images')
    expect((await ask('GET', '/wall-images', dispatcher)).json()).toEqual([])
    await mkdir(join(folder, 'folder.png'), { recursive: true })
    await writeFile(join(folder, 'crest.PNG'), 'picture')
    await writeFile(join(folder, 'script.svg'), '<svg/>')
    await writeFile(join(dataDir, 'secret.png'), 'secret')
    await symlink(join(dataDir, 'secret.png'), join(folder, 'link.png'))
    await writeFile(join(folder, 'large.png'), '')
    await truncate(join(folder, 'large.png'), 20 * 2 ** 20 + 1)
    expect((await ask('GET', '/wall-images', dispatcher)).json()).toEqual(['crest.PNG'])
    const crest = await ask('GET', '/wall-images/crest.PNG', dispatcher)
    expect([crest.statusCode, crest.body, crest.headers['content-type']]).toEqual([
      200,
      'picture',
      'image/png',
    ])
    for (const name of [
      'script.svg',
      'folder.png',
      'link.png',
      'large.png',
      '..%2Fsecret.png',
      '..',
      '.png',
      'absent.png',
      '%00.png',
    ]) {
      const { statusCode } = await ask('GET', `/wall-images/${name}`, dispatcher)
      expect([name, statusCode >= 400 && statusCode < 500]).toEqual([name, true])
    }
  })
})
