import type { Database } from '../database/database.ts'
import type { Step, StepName, Steps } from '../steps.ts'
import { type SeedOptions, seedDemoDistrict } from './seed.ts'
import type { SeededTable } from './seed-rows.ts'

const NAMES: Record<SeededTable, StepName> = {
  areas: { en: 'Demo district: streets and communities', 'zh-CN': '示范区：街道与社区' },
  grids: { en: 'Demo district: grids', 'zh-CN': '示范区：网格' },
  buildings: { en: 'Demo district: buildings', 'zh-CN': '示范区：建筑' },
  base_features: { en: 'Demo district: base map', 'zh-CN': '示范区：底图' },
  places: { en: 'Demo district: places', 'zh-CN': '示范区：场所' },
  categories: { en: 'Demo district: categories', 'zh-CN': '示范区：案件类别' },
  departments: { en: 'Demo district: departments', 'zh-CN': '示范区：部门' },
  incidents: { en: 'Demo district: cases of twelve months', 'zh-CN': '示范区：十二个月的案件' },
  transitions: { en: 'Demo district: steps of the cases', 'zh-CN': '示范区：案件流转' },
}

/** Makes the demo district in an empty database, showing how far it is. Answers false where it is not empty. */
export async function seedShown(
  db: Database,
  steps: Steps,
  options: Pick<SeedOptions, 'scale' | 'timeZone' | 'dissolveAreas' | 'asker'>,
): Promise<boolean> {
  let step: Step | undefined
  let shown: SeededTable | 'indexes' | undefined
  const begin = (what: SeededTable | 'indexes', name: StepName) => {
    if (shown === what) return
    step?.end()
    step = steps.begin(name)
    shown = what
  }
  try {
    return await seedDemoDistrict(db, {
      ...options,
      now: new Date(),
      onStep: (what) => begin('indexes', what),
      onProgress(table, rows) {
        begin(table, NAMES[table])
        step!.detail(rows.toLocaleString('en'))
      },
    })
  } finally {
    step?.end()
  }
}
