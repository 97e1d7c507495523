import type { Language } from './district.ts'
import { FIELD_NAMES, isField } from './import-field-names.ts'
import { type ImportOption, type ImportPlace, withOptionNames } from './import-options.ts'

interface Sentence extends Record<Language, string> {
  /** what the refusal is about, where it is one option */
  option?: ImportOption
}

/**
 * Why an import, an upload or an undo was refused as a whole, and what to do, in both languages. What stands
 * before the point is the stable code; `{{name}}` is a value, `{{name:word}}` one of the words below,
 * `{{name:fields}}` the keys of fields, `{option:crs}` the name of an option where the sentence is read.
 */
export const REFUSALS = {
  'file-not-found': {
    en: '{{file}} is not there, or is no file: check the path.',
    'zh-CN': '{{file}} 不存在或不是文件：请检查路径。',
  },
  'ending-unknown.shp': {
    en: '{{file}} has an ending that is not known here: pack the .shp with its .dbf, .shx and .prj into one .zip.',
    'zh-CN': '{{file}} 不能单独导入：请把 .shp 与同名的 .dbf、.shx、.prj 打包成一个 .zip。',
  },
  'ending-unknown.other': {
    en: '{{file}} has an ending that is not known here: use one of {{endings}} (also with .gz behind it).',
    'zh-CN': '无法识别 {{file}} 的扩展名：请使用 {{endings}}（后面可再加 .gz）。',
  },
  'content-not-as-ending': {
    en: '{{file}} is not what its ending says: by its content it is {{found:word}}, not {{promised:word}}. Choose the data file itself, or give this one the ending of its kind.',
    'zh-CN':
      '{{file}} 的内容与扩展名不符：内容为{{found:word}}，而不是{{promised:word}}。请选择数据文件本身，或改用与内容相符的扩展名。',
  },
  'file-empty.whole': {
    en: '{{file}} is empty.',
    'zh-CN': '{{file}} 是空文件。',
  },
  'file-empty.records': {
    en: '{{file}} holds no records.',
    'zh-CN': '{{file}} 中没有记录。',
  },
  'file-empty.header': {
    en: 'The file is empty: it has no header line.',
    'zh-CN': '文件为空：没有表头。',
  },
  'file-empty.layer': {
    en: 'The layer {{layer}} has no rows.',
    'zh-CN': '图层 {{layer}} 中没有记录。',
    option: 'layer',
  },
  'file-broken.records': {
    en: 'None of the first {{records}} records of {{file}} can be read: is it whole?',
    'zh-CN': '{{file}} 的前 {{records}} 条记录都无法读取：文件是否完整？',
  },
  'file-broken.gzip': {
    en: 'The gzip is damaged or cut short: copy the file again.',
    'zh-CN': 'gzip 文件损坏或不完整：请重新复制该文件。',
  },
  'file-broken.table': {
    en: 'The table cannot be read ({{detail}}): correct the quotes there, or write the file anew.',
    'zh-CN': '表格无法读取（{{detail}}）：请更正该处的引号，或重新导出文件。',
  },
  'file-broken.columns': {
    en: 'Two columns are called "{{column}}": give them names of their own.',
    'zh-CN': '有两列都叫“{{column}}”：请改成不同的列名。',
  },
  'file-broken.cut': {
    en: 'The file ends in the middle of a record, or is no GeoJSON: copy it again, whole.',
    'zh-CN': '文件在记录中间中断，或不是 GeoJSON：请重新完整复制。',
  },
  'file-broken.zip': {
    en: 'The ZIP archive cannot be opened ({{detail}}): pack it again.',
    'zh-CN': 'ZIP 压缩包无法打开（{{detail}}）：请重新打包。',
  },
  'file-broken.entry': {
    en: '{{entry}} is damaged ({{detail}}): pack it again.',
    'zh-CN': '压缩包中的 {{entry}} 已损坏（{{detail}}）：请重新打包。',
  },
  'file-broken.other': {
    en: 'The file cannot be read ({{detail}}): save it anew.',
    'zh-CN': '文件无法读取（{{detail}}）：请重新保存。',
  },
  'record-too-large': {
    en: 'One record (a line or feature) is larger than {{mebibytes}} MiB: this is hardly the file you mean; if it is, split its shapes.',
    'zh-CN': '有一条记录（一行或一个要素）超过 {{mebibytes}} MiB：请确认文件是否正确；若无误，请拆分图形。',
  },
  'zip-bomb.size': {
    en: 'The file unpacks to more than {{mebibytes}} MiB: split it.',
    'zh-CN': '文件解压后超过 {{mebibytes}} MiB：请拆分。',
  },
  'zip-bomb.ratio': {
    en: 'The file unpacks to more than {{ratio}} times its size, as a zip bomb does: unpack it yourself and look before importing.',
    'zh-CN': '文件解压后超过自身大小的 {{ratio}} 倍，疑似压缩炸弹：请先自行解压查看，再导入。',
  },
  'zip-bomb.entries': {
    en: 'The archive holds {{found}} files, more than the {{allowed}} that are opened: pack only the data.',
    'zh-CN': '压缩包内有 {{found}} 个文件，超过上限 {{allowed}} 个：请只打包数据文件。',
  },
  'zip-content.none': {
    en: 'The archive holds no data set: pack a Shapefile (.shp, .dbf, .shx, .prj) or one other data file.',
    'zh-CN': '压缩包内没有数据：请打包 Shapefile（.shp、.dbf、.shx、.prj）或一个其他格式的数据文件。',
  },
  'zip-content.parts': {
    en: 'The Shapefile lacks its {{missing}}: pack all its parts.',
    'zh-CN': 'Shapefile 缺少 {{missing}}：请把所有组成文件一起打包。',
  },
  'zip-content.entry': {
    en: '{{entry}} cannot be unpacked ({{detail}}): pack it again.',
    'zh-CN': '{{entry}} 无法解压（{{detail}}）：请重新打包。',
  },
  'layer-unclear': {
    en: 'The file holds {{layers}}: choose one with {option:layer}.',
    'zh-CN': '文件中有 {{layers}}：请用{option:layer}选择其中一个。',
    option: 'layer',
  },
  'crs-unknown.name': {
    en: 'The coordinate system "{{name}}" is not known: use an EPSG code such as EPSG:4547, or cgcs2000, wgs84, gcj02, bd09.',
    'zh-CN': '无法识别坐标系“{{name}}”：请使用 EPSG 代码（如 EPSG:4547）或 cgcs2000、wgs84、gcj02、bd09。',
    option: 'crs',
  },
  'crs-unknown.code': {
    en: 'EPSG:{{epsg}} is not in the register: check the code.',
    'zh-CN': 'EPSG:{{epsg}} 不在坐标系登记表中：请检查代码。',
    option: 'crs',
  },
  'crs-unknown.old-datum': {
    en: 'EPSG:{{epsg}} is {{datum:word}}, up to 100 m off without local parameters: have the data converted to CGCS2000 by the survey office first.',
    'zh-CN':
      'EPSG:{{epsg}} 属于{{datum:word}}，没有当地转换参数时误差可达 100 米：请先由测绘部门转换为 CGCS2000。',
    option: 'crs',
  },
  'crs-needed.behind': {
    en: 'The file names its coordinate system ({{crs}}) only behind the features, too late to read them by it: state it with {option:crs}.',
    'zh-CN': '文件在要素之后才注明坐标系（{{crs}}），读取时已来不及采用：请用{option:crs}指定。',
    option: 'crs',
  },
  'crs-needed.as-read': {
    en: 'The coordinates (the first: {{x}}, {{y}}) are no longitude and latitude: state the coordinate system of the file with {option:crs}, for example EPSG:4547.',
    'zh-CN': '坐标（第一个：{{x}}, {{y}}）不是经纬度：请用{option:crs}指定文件的坐标系，例如 EPSG:4547。',
    option: 'crs',
  },
  'crs-needed.as-stated': {
    en: 'The coordinates (the first: {{x}}, {{y}}) are no longitude and latitude in the coordinate system stated: state the right one with {option:crs}, for example EPSG:4547.',
    'zh-CN':
      '按所指定的坐标系，坐标（第一个：{{x}}, {{y}}）不是经纬度：请用{option:crs}指定正确的坐标系，例如 EPSG:4547。',
    option: 'crs',
  },
  'coordinates-swapped': {
    en: 'Longitude and latitude seem to be swapped (the first places lie where the district is once they are exchanged): set {option:swapAxes}.',
    'zh-CN': '经度与纬度疑似颠倒（互换后前几个位置正好落在本区）：请设置{option:swapAxes}。',
    option: 'swapAxes',
  },
  'column-missing.field': {
    en: 'No column is recognised as {{fields:fields}}: name it with {option:map}. Its columns are {{columns}}.',
    'zh-CN': '没有识别出{{fields:fields}}对应的列：请用{option:map}指定。文件中的列有 {{columns}}。',
    option: 'map',
  },
  'column-missing.other-file': {
    en: 'The columns of {{file}} are not those of the first file: import it by itself.',
    'zh-CN': '{{file}} 的列与第一个文件不同：请单独导入。',
  },
  'column-unknown': {
    en: 'The file has no column "{{column}}" for {{field:fields}}. Its columns are {{columns}}.',
    'zh-CN': '文件中没有{{field:fields}}所指定的列“{{column}}”。文件中的列有 {{columns}}。',
    option: 'map',
  },
  'option-unusable.file': {
    en: 'Name at least one file.',
    'zh-CN': '请至少指定一个文件。',
  },
  'option-unusable.field': {
    en: '{{kind:word}} have no field "{{field}}": use one of {{fields:fields}}.',
    'zh-CN': '{{kind:word}}没有字段“{{field}}”：可用的字段有{{fields:fields}}。',
    option: 'map',
  },
  'option-unusable.new-codes': {
    en: 'The file names more than {{most}} {{what:word}} that are not known here: is the right column mapped to them?',
    'zh-CN': '文件中有超过 {{most}} 个未知的{{what:word}}：列的对应是否正确？',
    option: 'map',
  },
  'option-unusable.date-format': {
    en: '{option:dateFormat} {{form}} names no whole date: write year, month and day, for example DD/MM/YYYY HH:mm.',
    'zh-CN': '{option:dateFormat} {{form}} 不含完整日期：请写明年、月、日，例如 DD/MM/YYYY HH:mm。',
    option: 'dateFormat',
  },
  'option-unusable.time-zone': {
    en: '{option:timeZone} {{zone}} is no IANA zone: use one such as Asia/Shanghai.',
    'zh-CN': '{option:timeZone} {{zone}} 不是 IANA 时区：请使用如 Asia/Shanghai 的名称。',
    option: 'timeZone',
  },
  'option-unusable.valid-from': {
    en: '{option:validFrom} {{day}} is no day up to today ({{today}}) in the form YYYY-MM-DD: grids of a later day are a plan.',
    'zh-CN':
      '{option:validFrom} {{day}} 不是今天（{{today}}）及以前的 YYYY-MM-DD 日期：以后生效的网格应作为划分方案。',
    option: 'validFrom',
  },
  'option-unusable.changed-since': {
    en: 'A grid whose shape changes has a version from {{since}}: state a {option:validFrom} on that day or later.',
    'zh-CN': '边界有变的网格已有自 {{since}} 起的版本：请把{option:validFrom}设为该日或以后。',
    option: 'validFrom',
  },
  'too-many-rows': {
    en: 'More than {{most}} grids: import the districts one by one.',
    'zh-CN': '网格超过 {{most}} 个：请按区县分别导入。',
  },
  'rows-rejected.all': {
    en: 'Every row ({{rows}}) was rejected, nothing was written: see the report for the reasons.',
    'zh-CN': '全部 {{rows}} 行都不合格，未写入任何数据：原因见报告。',
  },
  'rows-rejected.strict': {
    en: '{{rejected}} of {{rows}} rows were rejected and {option:strict} was asked for, nothing was written: see the report for the reasons.',
    'zh-CN': '{{rows}} 行中有 {{rejected}} 行不合格，且设置了{option:strict}，未写入任何数据：原因见报告。',
    option: 'strict',
  },
  'coverage-problems.cleaning': {
    en: '{{problems}} gaps or overlaps are wider than the tolerance of {{tolerance}} m (the largest: {{kind:word}} of {{areaM2}} m², {{widthM}} m wide, at {{place}}, {{grids}}). They are listed in {{report}}. Redraw them, raise {option:toleranceM}, or set {option:needsRepair} to import.',
    'zh-CN':
      '有 {{problems}} 处缝隙或重叠宽于容差 {{tolerance}} 米（最大一处：{{kind:word}}，{{areaM2}} m²，宽 {{widthM}} 米，位于 {{place}}，{{grids}}），已列入 {{report}}。请重新绘制、增大{option:toleranceM}，或把{option:needsRepair}设为导入。',
    option: 'toleranceM',
  },
  'coverage-problems.database': {
    en: 'With these grids the coverage would have {{gaps}} gaps and {{overlaps}} overlaps (now {{gapsNow}} and {{overlapsNow}}): nothing was written. Import the grids of the whole district at once.',
    'zh-CN':
      '导入后网格覆盖将有 {{gaps}} 处缝隙、{{overlaps}} 处重叠（现为 {{gapsNow}} 和 {{overlapsNow}}），未写入任何数据：请一次导入全区的网格。',
    option: 'needsRepair',
  },
  'area-codes-nested': {
    en: 'The area code {{inner}} begins with {{outer}}, the code of an area that cannot hold it: nothing was written. Number areas so that no code begins with that of another one, for example 01 and 10 instead of 1 and 10 ({option:codeDigits} 2 does so).',
    'zh-CN':
      '区域编码 {{inner}} 以 {{outer}} 开头，而后者不能包含它，未写入任何数据：请保证编码互不为前缀，例如用 01、10 代替 1、10（{option:codeDigits}设为 2 即可）。',
    option: 'codeDigits',
  },
  'another-import.named': {
    en: 'Another import is running ({{kind:word}}: {{file}}): wait until it has ended.',
    'zh-CN': '另一项导入正在进行（{{kind:word}}：{{file}}）：请等它结束。',
  },
  'another-import.unnamed': {
    en: 'Another import is running: wait until it has ended.',
    'zh-CN': '另一项导入正在进行：请等它结束。',
  },
  'disk-full': {
    en: 'The disk is full: nothing was written. Free some space, then try again.',
    'zh-CN': '磁盘已满，未写入任何数据：请清理空间后重试。',
  },
  'upload-too-large': {
    en: 'The files are larger than the {{megabytes}} MB that may be sent at once: pack them (.gz, .zip), split them, or use the command line on the server.',
    'zh-CN': '文件超过一次上传的上限 {{megabytes}} MB：请压缩（.gz、.zip）、拆分，或在服务器上用命令行导入。',
  },
  'upload-no-space': {
    en: 'The server has {{free}} MB of space left, too little for these files: free some space there, then try again.',
    'zh-CN': '服务器磁盘只剩 {{free}} MB，放不下这些文件：请清理空间后重试。',
  },
  'upload-too-many': {
    en: '{{running}} uploads are running already: try again in a minute.',
    'zh-CN': '已有 {{running}} 个上传正在进行：请一分钟后重试。',
  },
  'upload-too-many-files': {
    en: 'More than {{most}} files at once: send them in several uploads, or pack them.',
    'zh-CN': '一次最多上传 {{most}} 个文件：请分批上传或打包。',
  },
  'upload-cut': {
    en: 'The upload broke off before it was whole: send the files again.',
    'zh-CN': '上传中途中断：请重新上传。',
  },
  'upload-unnamed': {
    en: 'A file came without a name: send it with its name.',
    'zh-CN': '有文件没有文件名：请带文件名上传。',
  },
  'look-failed': {
    en: 'The files could not be looked at, by a fault of the server that its log tells: try again.',
    'zh-CN': '服务器出错，未能查看这些文件（详见服务器日志）：请重试。',
  },
  'upload-gone': {
    en: 'The uploaded files are no longer there (they are kept for a day): send them again.',
    'zh-CN': '上传的文件已被清理（仅保留一天）：请重新上传。',
  },
  'not-now.ended': {
    en: 'The import has ended already: it can be undone, not cancelled.',
    'zh-CN': '导入已经结束：可以撤销，不能取消。',
  },
  'not-now.elsewhere': {
    en: 'The import was not started here: cancel it where it runs.',
    'zh-CN': '这项导入不是在此处启动的：请在运行它的地方取消。',
  },
  'not-now.files-in-use': {
    en: 'An import reads these files: cancel it first.',
    'zh-CN': '有导入正在读取这些文件：请先取消它。',
  },
  'not-now.not-done': {
    en: 'Import {{id}} is {{state:word}}: only one that is done can be undone.',
    'zh-CN': '第 {{id}} 次导入{{state:word}}：只能撤销已完成的导入。',
  },
  'undo-blocked.import': {
    en: 'Import {{later}} ({{file}}) changed {{rows}} of these rows later: undo that one first.',
    'zh-CN': '后来的第 {{later}} 次导入（{{file}}）改动了其中 {{rows}} 行：请先撤销那一次。',
  },
  'undo-blocked.worked-on': {
    en: '{{rows}} of these cases were worked on since (for example {{example}}): what people did is not taken back.',
    'zh-CN': '其中 {{rows}} 件案件此后已有人办理（例如 {{example}}）：不撤销人工操作。',
  },
  'undo-blocked.changed': {
    en: '{{rows}} rows of {{what:word}} were changed or removed since (for example {{example}}).',
    'zh-CN': '{{what:word}}中有 {{rows}} 行此后被更改或删除（例如 {{example}}）。',
  },
  'undo-blocked.in-use': {
    en: '{{rows}} {{what:word}} stand on {{on:word}} that this import brought in (for example {{example}}): take those out first.',
    'zh-CN': '有 {{rows}} 个{{what:word}}依赖于这次导入的{{on:word}}（例如 {{example}}）：请先移除它们。',
  },
  'undo-blocked.grids-newer': {
    en: 'The coverage was changed since (for example grid {{example}}): only the latest change of the grids can be undone.',
    'zh-CN': '此后网格又有变化（例如网格 {{example}}）：只能撤销网格的最近一次变化。',
  },
  'undo-blocked.coverage': {
    en: 'Without this import the coverage would have {{gaps}} gaps and {{overlaps}} overlaps (now {{gapsNow}} and {{overlapsNow}}).',
    'zh-CN':
      '撤销后网格覆盖将有 {{gaps}} 处缝隙、{{overlaps}} 处重叠（现为 {{gapsNow}} 和 {{overlapsNow}}）。',
  },
  'undo-blocked.no-record': {
    en: 'What this import replaced is no longer recorded (it is kept for {{days}} days): it cannot be undone.',
    'zh-CN': '这次导入替换前的内容已不再保留（保留 {{days}} 天）：无法撤销。',
  },
} as const satisfies Record<string, Sentence>

/** Words that a sentence may hold, by what stands for them in its values. */
const WORDS: Readonly<Record<string, Record<Language, string>>> = {
  geojson: { en: 'GeoJSON', 'zh-CN': ' GeoJSON' },
  csv: { en: 'a CSV table', 'zh-CN': ' CSV 表格' },
  zip: { en: 'a ZIP archive', 'zh-CN': ' ZIP 压缩包' },
  geopackage: { en: 'a GeoPackage', 'zh-CN': ' GeoPackage' },
  flatgeobuf: { en: 'FlatGeobuf', 'zh-CN': ' FlatGeobuf' },
  kml: { en: 'KML', 'zh-CN': ' KML' },
  'no-format': { en: 'none of the formats known here', 'zh-CN': '此处不支持的格式' },
  'beijing-1954': { en: 'Beijing 1954', 'zh-CN': '北京 1954 坐标系' },
  'xian-1980': { en: "Xi'an 1980", 'zh-CN': '西安 1980 坐标系' },
  gap: { en: 'gap', 'zh-CN': '缝隙' },
  overlap: { en: 'overlap', 'zh-CN': '重叠' },
  'invalid-ring': { en: 'ring that crosses itself', 'zh-CN': '自相交的环' },
  'no-area': { en: 'shape without area', 'zh-CN': '无面积的图形' },
  areas: { en: 'areas', 'zh-CN': '区域' },
  grids: { en: 'grids', 'zh-CN': '网格' },
  buildings: { en: 'buildings', 'zh-CN': '建筑' },
  incidents: { en: 'cases', 'zh-CN': '案件' },
  categories: { en: 'categories', 'zh-CN': '案件类别' },
  departments: { en: 'departments', 'zh-CN': '部门' },
  indicators: { en: 'indicators', 'zh-CN': '指标' },
  places: { en: 'places', 'zh-CN': '场所' },
  indicator_values: { en: 'indicator values', 'zh-CN': '指标数值' },
  queued: { en: 'waiting', 'zh-CN': '尚在等待' },
  running: { en: 'running', 'zh-CN': '正在进行' },
  checked: { en: 'a check that wrote nothing', 'zh-CN': '只作了检查' },
  refused: { en: 'refused', 'zh-CN': '已被拒绝' },
  failed: { en: 'failed', 'zh-CN': '已失败' },
  cancelled: { en: 'cancelled', 'zh-CN': '已取消' },
  undone: { en: 'undone already', 'zh-CN': '已经撤销' },
  transitions: { en: 'steps of cases', 'zh-CN': '案件流转' },
}

export type RefusalSentence = keyof typeof REFUSALS
/** The stable part of a sentence's name. */
export type RefusalCode = RefusalSentence extends infer S ? (S extends `${infer C}.${string}` ? C : S) : never

type ValueIn<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? (Name extends `${infer Plain}:${string}` ? Plain : Name) | ValueIn<Rest>
  : never
/** The values that a sentence needs. */
export type RefusalValues<S extends RefusalSentence> = Record<
  ValueIn<(typeof REFUSALS)[S]['en']>,
  string | number
>

/** A refusal as it travels: which sentence, with which values. */
export interface Refusal {
  sentence: RefusalSentence
  values: Record<string, string | number>
}

export const refusalCode = (sentence: RefusalSentence): RefusalCode => sentence.split('.')[0] as RefusalCode

/** The option that a refusal is about; null: none in particular. */
export function refusedOption(sentence: RefusalSentence): ImportOption | null {
  const found: Sentence = REFUSALS[sentence]
  return found.option ?? null
}

export function refusalText({ sentence, values }: Refusal, language: Language, place: ImportPlace): string {
  const filled = REFUSALS[sentence][language].replace(/\{\{(\w+)(?::(word|fields))?\}\}/g, (_, name, as) => {
    const value = values[name] ?? ''
    if (as === 'word') return WORDS[value]?.[language] ?? String(value)
    return as === 'fields' && place === 'web' ? fieldNames(String(value), language) : String(value)
  })
  return withOptionNames(filled, language, place)
}

/** The keys of fields as the screen calls them, each in the quotes that options stand in. */
function fieldNames(keys: string, language: Language): string {
  const names = keys.split(', ').map((key) => (isField(key) ? FIELD_NAMES[key][language] : key))
  return language === 'en'
    ? names.map((name) => `"${name}"`).join(', ')
    : names.map((name) => `「${name}」`).join('、')
}
