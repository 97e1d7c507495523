import type { Category } from '../../../domain/incident.ts'
import type { ImportContext, Outcome } from '../import-context.ts'
import { rejectWithoutRoot } from '../queries.ts'
import { type RowCheck, settleRejects, stageRows } from '../stage-rows.ts'
import { mergeCategories } from './queries.ts'

const COLUMNS = { name: 'text', name_en: 'text', parent_code: 'text COLLATE "C"', kind: 'text' }

const KIND_WORDS: Record<string, Category['kind']> = {
  部件: 'component',
  事件: 'event',
  部件类: 'component',
  事件类: 'event',
}

const check: RowCheck<'categories'> = (fields) => {
  const key = fields.requiredText('code', 200)
  const parent = fields.text('parent', 200)
  return {
    key,
    values: [
      fields.requiredText('name', 200),
      fields.text('nameEn', 200),
      parent === key ? null : parent,
      fields.choice('kind', ['component', 'event'], KIND_WORDS) ?? 'event',
    ],
  }
}

/** The tree of categories; a parent must be in the file or known. */
export async function importCategories(context: ImportContext): Promise<Outcome> {
  const { filled } = await stageRows(context, 'categories', 'code', COLUMNS, check)
  await rejectWithoutRoot(context.db, 'categories', filled)
  await settleRejects<'categories'>(context, 'code')
  return context.write(async (tx) => ({ ...(await mergeCategories(tx, filled)), summary: {} }))
}
