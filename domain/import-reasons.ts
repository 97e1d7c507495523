import type { Language } from './district.ts'
import { type ImportPlace, withOptionNames } from './import-options.ts'

type Sentence = Record<Language, string>

/**
 * Why a row of an import was rejected, with the remedy, in both languages. The code is stable; `{option:crs}` is
 * the name of an option where the sentence is read.
 */
export const REJECT_REASONS = {
  'feature-unreadable': {
    en: 'The row cannot be read as a record of its format: correct it in the source and import again.',
    'zh-CN': '该行不符合文件格式，无法读取：请在源文件中更正后重新导入。',
  },
  'column-count': {
    en: 'The row has more or fewer columns than the header: check the quotes and separators.',
    'zh-CN': '该行的列数与表头不一致：请检查引号和分隔符。',
  },
  'field-missing': {
    en: 'A required field is empty: fill it in.',
    'zh-CN': '必填字段为空：请填写。',
  },
  'text-too-long': {
    en: 'The text is longer than the field holds: shorten it.',
    'zh-CN': '文本超过字段长度：请缩短。',
  },
  'control-character': {
    en: 'The text holds an invisible control character: remove it, or state the right encoding of the file.',
    'zh-CN': '文本中含有不可见的控制字符：请删除，或检查文件编码。',
  },
  'not-a-number': {
    en: 'This is no number: write digits, with a point for decimals.',
    'zh-CN': '不是数字：请填写数字，小数点用“.”。',
  },
  'not-a-whole-number': {
    en: 'This must be a whole number.',
    'zh-CN': '必须是整数。',
  },
  'number-out-of-range': {
    en: 'The number is outside the range that is possible here: correct it.',
    'zh-CN': '数值超出可能的范围：请更正。',
  },
  'unknown-value': {
    en: 'The value is none of those known here: correct it, or translate it with {option:values}.',
    'zh-CN': '取值不在可用范围内：请更正，或用{option:values}转换。',
  },
  'geometry-missing': {
    en: 'The row has no shape or place: add it, or name its columns with {option:map}.',
    'zh-CN': '缺少图形或坐标：请补充，或用{option:map}指定所在列。',
  },
  'geometry-wrong-type': {
    en: 'The shape is of the wrong type for this kind of data (areas need polygons, cases need points).',
    'zh-CN': '图形类型不符（面数据需要多边形，案件需要点）。',
  },
  'geometry-invalid': {
    en: 'The shape crosses itself or has no area, and mending it would change it by more than 1 %: redraw it.',
    'zh-CN': '图形自相交或无面积，修复后面积变化超过 1%：请重新绘制。',
  },
  'coordinate-not-a-number': {
    en: 'A coordinate is missing or no number: correct it.',
    'zh-CN': '坐标缺失或不是数字：请更正。',
  },
  'coordinates-out-of-range': {
    en: 'The place is outside the range of longitude and latitude: correct it, or state the coordinate system with {option:crs}.',
    'zh-CN': '坐标超出经纬度范围：请更正，或用{option:crs}指定坐标系。',
  },
  'coordinates-swapped': {
    en: 'Longitude and latitude seem to be swapped: exchange them, or set {option:swapAxes}.',
    'zh-CN': '经度与纬度疑似颠倒：请互换，或设置{option:swapAxes}。',
  },
  'duplicate-key': {
    en: 'The code stands in the file more than once; the first row was taken: give every row its own code.',
    'zh-CN': '编码在文件中重复，仅采用第一行：请保证编码唯一。',
  },
  'time-unreadable': {
    en: 'The time cannot be read: write it like 2024-05-31 08:30:00, or state the form with {option:dateFormat}.',
    'zh-CN': '时间无法识别：请写成 2024-05-31 08:30:00，或用{option:dateFormat}指定格式。',
  },
  'time-ambiguous': {
    en: 'Day and month cannot be told apart: state {option:dateFormat}, for example DD/MM/YYYY HH:mm.',
    'zh-CN': '无法区分日和月：请用{option:dateFormat}指定，例如 DD/MM/YYYY HH:mm。',
  },
  'time-in-future': {
    en: 'The time lies in the future: correct it, or state the right {option:timeZone}.',
    'zh-CN': '时间在未来：请更正，或用{option:timeZone}指定正确的时区。',
  },
  'closed-before-reported': {
    en: 'The case was closed before it was reported: correct one of the two times.',
    'zh-CN': '结案时间早于上报时间：请更正其中之一。',
  },
  'period-reversed': {
    en: 'The period ends before it begins: exchange the two dates.',
    'zh-CN': '时段的结束早于开始：请互换。',
  },
  'grid-code-not-15-digits': {
    en: 'A grid code has 15 digits (county 6, street 3, community 3, sequence 3); other numberings need GRID_CODE_SCHEME=free.',
    'zh-CN':
      '网格编码应为 15 位数字（区县 6、街道 3、社区 3、顺序 3）；其他编码请设置 GRID_CODE_SCHEME=free。',
  },
  'grid-sequence-zero': {
    en: 'The sequence of a grid code starts at 001.',
    'zh-CN': '网格顺序码从 001 开始。',
  },
  'grid-code-blank': {
    en: 'A grid code has 1 to 64 characters without blanks.',
    'zh-CN': '网格编码为 1 至 64 个字符，不含空格。',
  },
  'grid-code-ended': {
    en: 'The code belonged to a grid that was ended; a code once used is never used again: give the grid a new one.',
    'zh-CN': '该编码属于已撤销的网格，编码不得重复使用：请使用新编码。',
  },
  'area-code-malformed': {
    en: 'An area code has 6 (district), 9 (street) or 12 (community) digits; other numberings need GRID_CODE_SCHEME=free and a level.',
    'zh-CN':
      '区域编码应为 6 位（区县）、9 位（街道）或 12 位（社区）；其他编码请设置 GRID_CODE_SCHEME=free 并指定级别。',
  },
  'area-unknown': {
    en: 'The area is not stated or unknown: map its column, or import the areas first.',
    'zh-CN': '区域未填写或不存在：请指定区域列，或先导入区域。',
  },
  'category-unknown': {
    en: 'The parent category is neither in the file nor in the database: add it.',
    'zh-CN': '上级类别不存在：请补充。',
  },
  'place-unknown': {
    en: 'The code is neither a grid nor an area here: import those first, or correct the code.',
    'zh-CN': '该编码既不是网格也不是区域：请先导入，或更正编码。',
  },
} as const satisfies Record<string, Sentence>

export type RejectReason = keyof typeof REJECT_REASONS

export const reasonText = (reason: RejectReason, language: Language, place: ImportPlace): string =>
  withOptionNames(REJECT_REASONS[reason][language], language, place)
