import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { benchContext } from './context.ts'
import { type Bench, BenchRefusal, type Measure, median, meetsTarget } from './measure.ts'
import { benchTable } from './table.ts'

/** Each is a file beside this one that exports `bench`. */
const BENCHES = ['tiles', 'scope', 'density', 'import', 'seed', 'live', 'wall'] as const

/** `npm run bench [name] [--json FILE]`: exit status 1 when a target falls short, 2 when it cannot run here. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'string' } },
    allowPositionals: true,
  })
  const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench === name))
  if (unknown.length) throw new BenchRefusal(`There is no bench ${unknown[0]}: use ${BENCHES.join(', ')}.`)
  const names = positionals.length ? positionals : BENCHES
  const context = benchContext(process.env)
  const measures: (Measure & { bench: string })[] = []
  for (const name of names) {
    const { bench } = (await import(`./${name}.ts`)) as { bench: Bench }
    context.say(`${name} ...`)
    measures.push(...(await bench.run(context)).map((measure) => ({ bench: name, ...measure })))
  }
  process.stdout.write(`${benchTable(measures)}\n`)
  const met = measures.every(meetsTarget)
  if (values.json) await writeFile(values.json, report(measures, met))
  return met ? 0 : 1
}

function report(measures: readonly (Measure & { bench: string })[], met: boolean): string {
  const machine = {
    node: process.version,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
  }
  const rows = measures.map((measure) => ({
    ...measure,
    ratio: median(measure.ratios),
    met: meetsTarget(measure),
  }))
  return `${JSON.stringify({ at: new Date().toISOString(), machine, met, measures: rows }, null, 2)}\n`
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof BenchRefusal)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
