// npm run dump-errors: writes the catalogue of import errors into docs/errors.md. With --check it only compares.
import { readFile, writeFile } from 'node:fs/promises'
import { REJECT_REASONS } from '../domain/import-reasons.ts'
import { REFUSALS } from '../domain/import-refusals.ts'

const FILE = new URL('../docs/errors.md', import.meta.url)
const BEGIN = '<!-- from here on written by npm run dump-errors -->\n'

type Sentences = Record<string, { en: string; 'zh-CN': string }>

function table(sentences: Sentences): string {
  const rows = Object.entries(sentences).map(
    ([code, { en, 'zh-CN': zh }]) => `| \`${code}\` | ${inCell(en)} | ${inCell(zh)} |`,
  )
  return ['| code | what is said, with the remedy | 中文 |', '| --- | --- | --- |', ...rows].join('\n')
}

const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const written = await readFile(FILE, 'utf8')
const wanted = `${written.split(BEGIN)[0]}${BEGIN}
## Rows that an import rejects

The report of an import names the row, its key, the field and one of these.

${table(REJECT_REASONS)}

## Files, uploads and undos that are refused

${table(REFUSALS)}
`
if (process.argv.includes('--check')) {
  if (written !== wanted) {
    console.error('docs/errors.md is stale: run npm run dump-errors.')
    process.exitCode = 1
  }
} else await writeFile(FILE, wanted)
