import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { buildTestApp } from '../test-app.ts'

describeOnEachDatabase('places', (db) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>
  beforeAll(async () => {
    app = await buildTestApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    // At 60 degrees north a degree of longitude is half as long as one of latitude
    await db().query(
      `INSERT INTO places (external_id, type, name, area_code, geom)
       SELECT code, type, name, '110101', ST_SetSRID(ST_MakePoint(lng, lat), 4326)
         FROM (VALUES ('s1', 'station', 'East', 20.0150, 60.0), ('s2', 'station', 'North', 20.0, 60.0100),
                      ('h1', 'hydrant', 'Corner', 20.001, 60.0), ('o1', 'office', 'Far', 21.0, 61.0))
              AS place (code, type, name, lng, lat)`,
    )
  })
  afterAll(() => app?.close())

  const names = (body: { features: { properties: { name: string } }[] }) =>
    body.features.map(({ properties }) => properties.name)

  it('are listed as GeoJSON, by type when asked', async () => {
    expect(names((await app.inject('/api/places')).json())).toEqual(['East', 'North', 'Corner', 'Far'])
    expect(names((await app.inject('/api/places?type=station&type=office')).json())).toEqual([
      'East',
      'North',
      'Far',
    ])
    expect((await app.inject('/api/places?type=castle')).statusCode).toBe(400)
  })

  it('nearest to a point are told by metres on the ground', async () => {
    const answer = await app.inject('/api/places/nearest?lng=20&lat=60&type=station')
    const found = answer.json() as { place: { properties: { name: string } }; distanceM: number }[]
    expect(found.map(({ place }) => place.properties.name)).toEqual(['East', 'North'])
    expect(found[0]!.distanceM).toBeGreaterThan(820)
    expect(found[0]!.distanceM).toBeLessThan(850)
    expect((await app.inject('/api/places/nearest?lng=20&lat=60&limit=1')).json()).toHaveLength(1)
    expect((await app.inject('/api/places/nearest?lng=200&lat=60')).statusCode).toBe(400)
  })

  it('nearest of each type leave out none for being farther than those of another', async () => {
    const answer = await app.inject('/api/places/nearest?lng=20&lat=60&ofEachType=true')
    const found = answer.json() as { place: { properties: { name: string } } }[]
    expect(found.map(({ place }) => place.properties.name)).toEqual(['Corner', 'East', 'Far'])
  })

  it('of one name are found in the order of their distance from where one looks', async () => {
    await db().query(
      `INSERT INTO places (external_id, type, name, address, area_code, geom)
       SELECT 'same' || lng, 'hydrant', 'Hydrant', 'Lane ' || lng, '110101', ST_SetSRID(ST_MakePoint(lng, 60), 4326)
         FROM (VALUES (22), (24), (23)) AS at (lng)`,
    )
    const found = async (near: string) =>
      (await app.inject(`/api/search?q=hydrant${near}`)).json().map(({ lng }: { lng: number }) => lng)
    expect(await found('&near=24.2,60')).toEqual([24, 23, 22])
    expect(await found('&near=22.2,60')).toEqual([22, 23, 24])
    expect(await found('')).toHaveLength(3)
    expect((await app.inject('/api/search?q=hydrant&near=here')).statusCode).toBe(400)
    await db().query(`DELETE FROM places WHERE name = 'Hydrant'`)
  })

  it('are found by the search, by name and by address', async () => {
    await db().query(`UPDATE places SET address = '江岸路 18 号' WHERE external_id = 's2'`)
    for (const text of ['north', '江岸路']) {
      const hits = (await app.inject(`/api/search?q=${encodeURIComponent(text)}`)).json()
      expect(hits).toContainEqual(
        expect.objectContaining({ kind: 'place', name: 'North', lng: 20, lat: 60.01 }),
      )
    }
  })
})
