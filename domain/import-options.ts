import Type from 'typebox'
import { AREA_LEVELS } from './area.ts'
import type { Language } from './district.ts'
import { nullable } from './nullable.ts'

const text = (maxLength: number) => Type.String({ maxLength })

/** What somebody states who imports files, beside their kind; all of it may be left out. */
export const ImportSettings = Type.Object(
  {
    /** coordinate system of the files; null: as they say, else longitude and latitude */
    crs: nullable(text(200)),
    /** coordinates stand as latitude, longitude */
    swapAxes: Type.Boolean(),
    /** column of a field; '' for none although one has its name */
    map: Type.Record(text(100), text(1000)),
    /** what values of a field mean: field, then value in the file, then value here */
    values: Type.Record(text(100), Type.Record(text(1000), text(1000))),
    /** refuse everything when one row is rejected */
    strict: Type.Boolean(),
    /** written before every grid and area code */
    codePrefix: text(64),
    /** codes of digits only are filled up with zeros to this length, before the prefix */
    codeDigits: Type.Integer({ minimum: 0, maximum: 64 }),
    layer: nullable(text(1000)),
    /** IANA zone of times without an offset; null: the district's */
    timeZone: nullable(text(100)),
    /** form of times, such as DD/MM/YYYY HH:mm; null: recognised */
    dateFormat: nullable(text(100)),
    /** who must be credited wherever this data is shown */
    attribution: nullable(text(400)),
    /** level of the areas imported, or created for grids that name unknown ones */
    areaLevel: nullable(Type.Enum(AREA_LEVELS)),
    /** the first characters of a grid code, before the prefix, that are its area's code; 0: another way */
    areaLength: Type.Integer({ minimum: 0, maximum: 64 }),
    /** first day of the coverage, YYYY-MM-DD; null: always, or today where the coverage changes */
    validFrom: nullable(text(10)),
    /** gaps and overlaps of grids up to this width are closed */
    toleranceM: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
    /** what happens to grids with wider gaps or overlaps */
    needsRepair: Type.Enum(['refuse', 'import']),
    /** the cases have no loop: closed as they are reported */
    closed: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type ImportSettings = Type.Static<typeof ImportSettings>
export type ImportOption = keyof ImportSettings

export const DEFAULT_SETTINGS: Readonly<ImportSettings> = {
  crs: null,
  swapAxes: false,
  map: {},
  values: {},
  strict: false,
  codePrefix: '',
  codeDigits: 0,
  layer: null,
  timeZone: null,
  dateFormat: null,
  attribution: null,
  areaLevel: null,
  areaLength: 0,
  validFrom: null,
  toleranceM: 1,
  needsRepair: 'refuse',
  closed: false,
}

/** Where a sentence about an import is read: both ask for the same options by names of their own. */
export type ImportPlace = 'command-line' | 'web'

/** What an option is called on the command line, and on the screen in both languages. */
export const OPTION_NAMES: Record<ImportOption, { flag: string } & Record<Language, string>> = {
  crs: { flag: '--crs', en: 'Coordinate system', 'zh-CN': '坐标系' },
  swapAxes: { flag: '--swap-axes', en: 'Latitude before longitude', 'zh-CN': '纬度在前' },
  map: { flag: '--map FIELD=COLUMN', en: 'Columns', 'zh-CN': '字段对应' },
  values: { flag: '--values FIELD:FROM=TO', en: 'Meaning of values', 'zh-CN': '取值转换' },
  strict: { flag: '--strict', en: 'All rows or none', 'zh-CN': '有一行不合格即全部拒绝' },
  codePrefix: { flag: '--code-prefix', en: 'Before every code', 'zh-CN': '编码前缀' },
  codeDigits: { flag: '--code-digits', en: 'Digits of a code', 'zh-CN': '编码位数' },
  layer: { flag: '--layer NAME', en: 'Layer', 'zh-CN': '图层' },
  timeZone: { flag: '--time-zone', en: 'Time zone', 'zh-CN': '时区' },
  dateFormat: { flag: '--date-format', en: 'Form of times', 'zh-CN': '时间格式' },
  attribution: { flag: '--attribution', en: 'Credit', 'zh-CN': '数据来源署名' },
  areaLevel: { flag: '--area-level', en: 'Level of areas', 'zh-CN': '区域级别' },
  areaLength: { flag: '--area-length', en: "Characters of the area's code", 'zh-CN': '区域编码长度' },
  validFrom: { flag: '--valid-from', en: 'In force from', 'zh-CN': '生效日期' },
  toleranceM: { flag: '--tolerance', en: 'Tolerance', 'zh-CN': '容差' },
  needsRepair: { flag: '--needs-repair', en: 'Wider gaps and overlaps', 'zh-CN': '超出容差的缝隙与重叠' },
  closed: { flag: '--closed', en: 'Closed as reported', 'zh-CN': '上报即结案' },
}

/** Puts the names of options into a sentence that names them as `{option:swapAxes}`. */
export function withOptionNames(sentence: string, language: Language, place: ImportPlace): string {
  return sentence.replace(/\{option:(\w+)\}/g, (_, option: ImportOption) => {
    const names = OPTION_NAMES[option]
    if (place === 'command-line') return names.flag
    return language === 'en' ? `"${names.en}"` : `「${names['zh-CN']}」`
  })
}
