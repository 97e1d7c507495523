import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDirectory } from './directory-lock.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grid-test-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** What the holder's file says, changed. */
async function rewriteLock(change: Record<string, unknown>): Promise<void> {
  const [name] = await readdir(folder)
  const holder = JSON.parse(await readFile(join(folder, name!), 'utf8'))
  await writeFile(join(folder, name!), JSON.stringify({ ...holder, ...change }))
}

describe('the lock of a directory', () => {
  it('is held by one, who is named to the others with the remedy', async () => {
    await lockDirectory(folder)
    await expect(lockDirectory(folder)).rejects.toThrow(
      `${folder} is in use by process ${process.pid}: stop it, or set DATA_DIR to another directory.`,
    )
  })

  it('can be taken again once it was released', async () => {
    for (let i = 0; i < 3; i += 1) await (await lockDirectory(folder)).release()
    await lockDirectory(folder)
    expect(await readdir(folder)).toHaveLength(1)
  })

  it('is won by exactly one of many who find its holder gone at the same moment', async () => {
    await lockDirectory(folder)
    await rewriteLock({ pid: await pidOfTheDead() })
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => lockDirectory(folder)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is not kept by another process that has got the same id since', async () => {
    await lockDirectory(folder)
    await rewriteLock({ startTicks: '1' })
    await lockDirectory(folder)
  })

  it('is not kept over a restart of the machine', async () => {
    await lockDirectory(folder)
    await rewriteLock({ bootId: 'another' })
    await lockDirectory(folder)
  })

  it('is kept by a process of another machine for as long as that one gives signs of life', async () => {
    await lockDirectory(folder)
    await rewriteLock({ host: 'elsewhere', pid: await pidOfTheDead() })
    await expect(lockDirectory(folder)).rejects.toThrow('on elsewhere')
  })

  it('is not kept by somebody killed while writing it', async () => {
    await writeFile(join(folder, 'lock-7'), '')
    await lockDirectory(folder)
    expect(await readdir(folder)).toEqual(['lock-8'])
  })
})

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.on('exit', resolve))
  return child.pid!
}
