import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import gcoord from 'gcoord'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LookUpCrs, readCrs } from './crs.ts'
import { lookUpCrs } from './readers/gdal.ts'

const nowhere: LookUpCrs = async () => null

async function expectPlace(crs: string, from: [number, number], to: [number, number], lookUp = nowhere) {
  const [lng, lat] = (await readCrs(crs, lookUp))(...from)
  expect(lng).toBeCloseTo(to[0], 6)
  expect(lat).toBeCloseTo(to[1], 6)
}

describe('coordinate systems', () => {
  it('converts Gauss-Krueger zones and UTM as PROJ does', async () => {
    await expectPlace('4547', [500000, 3000000], [114, 27.1116355081243])
    await expectPlace('EPSG:4526', [38500000, 2500000], [114, 22.5978229066729])
    await expectPlace('urn:ogc:def:crs:EPSG::32651', [500000, 3000000], [123, 27.1224696415507])
    await expectPlace('epsg:3857', [500000, 3000000], [4.49157642059761, 26.0074202319812])
  })

  it('takes longitude and latitude of CGCS2000 and WGS 84 as they are, longitude first', async () => {
    for (const name of [
      'EPSG:4490',
      'cgcs2000',
      '4326',
      'urn:ogc:def:crs:OGC:1.3:CRS84',
      'http://www.opengis.net/def/crs/EPSG/0/4326',
    ]) {
      await expectPlace(name, [102.7, 25], [102.7, 25])
    }
  })

  it('takes the shift out of GCJ-02 and BD-09', async () => {
    for (const [name, system] of [
      ['gcj02', gcoord.GCJ02],
      ['bd09', gcoord.BD09],
    ] as const) {
      const shifted = gcoord.transform([116.3977, 39.9137], gcoord.WGS84, system) as [number, number]
      expect(Math.hypot(shifted[0] - 116.3977, shifted[1] - 39.9137)).toBeGreaterThan(0.003)
      const [lng, lat] = (await readCrs(name, nowhere))(...shifted)
      expect(Math.hypot(lng - 116.3977, lat - 39.9137)).toBeLessThan(2e-5)
    }
  })

  describe('of the whole register', () => {
    let workDir = ''
    beforeAll(async () => {
      workDir = await mkdtemp(join(tmpdir(), 'crs-test-'))
    })
    afterAll(() => rm(workDir, { recursive: true, force: true }))

    it('asks GDAL for a code that is not built in', { timeout: 120_000 }, async () => {
      const lookUp: LookUpCrs = (epsg) => lookUpCrs(epsg, workDir)
      await expectPlace('EPSG:6677', [-5000, -35000], [139.778092274656, 35.684515652843], lookUp)
      // In feet
      await expectPlace(
        'EPSG:2249',
        [787723.729257345, 2965812.64098202],
        [-71.0130472531118, 42.3853109380037],
        lookUp,
      )
      expect(await lookUp(1_234_567)).toBeNull()
    })
  })
})
