import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'

const BLOCK = 512

/**
 * What of the PostGIS package no table or query of ours can reach: rasters, topology, the geocoder, scripts
 * that upgrade from other versions. Two thirds of the code, which would be compiled at every start.
 */
const NOT_NEEDED = [
  /^lib\/postgresql\/postgis_(raster|topology)/,
  /^share\/postgresql\/contrib\//,
  /^share\/postgresql\/extension\/(postgis_|address_standardizer)/,
  /^share\/postgresql\/extension\/postgis--.*--/,
]

/** The PostGIS package without what is not needed, made once a version in `folder`. Answers its path. */
export async function postgisBundle(folder: string): Promise<string> {
  const source = join(
    dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite-postgis')),
    'postgis.tar.gz',
  )
  const { version } = JSON.parse(await readFile(join(dirname(source), '../package.json'), 'utf8'))
  const bundle = join(folder, `postgis-${version}.tar.gz`)
  if (existsSync(bundle)) return bundle
  const packed = await promisify(gzip)(without(NOT_NEEDED, await promisify(gunzip)(await readFile(source))), {
    level: 1,
  })
  await writeFile(`${bundle}.new`, packed)
  await rename(`${bundle}.new`, bundle)
  return bundle
}

/** A tar archive without the files whose names match. */
function without(patterns: readonly RegExp[], tar: Buffer): Buffer {
  const kept: Buffer[] = []
  let at = 0
  while (at + BLOCK <= tar.length && tar[at] !== 0) {
    const name = tar.toString('latin1', at, tar.indexOf(0, at)).replace(/^\.\//, '')
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8)
    const end = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK
    if (!patterns.some((pattern) => pattern.test(name))) kept.push(tar.subarray(at, end))
    at = end
  }
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK)])
}
