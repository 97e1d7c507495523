/** What can be imported. */
export const IMPORT_KINDS = [
  'areas',
  'grids',
  'buildings',
  'incidents',
  'categories',
  'indicators',
  'places',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** One field that a column of a file can fill. */
export interface ImportField {
  required: boolean
  /** column names that mean this field, lower case, without blanks, `_` and `-`; the first that is there is taken */
  synonyms: readonly string[]
}

const field = (required: boolean, ...synonyms: string[]): ImportField => ({ required, synonyms })

const place = {
  lng: field(false, 'lng', 'lon', 'long', 'longitude', 'x', '经度'),
  lat: field(false, 'lat', 'latitude', 'y', '纬度'),
  wkt: field(false, 'wkt', 'geom', 'geometry', 'thegeom', 'shape', '几何', '坐标串'),
}

const people = {
  households: field(false, 'households', 'household', '户数', '户籍户数', '住户数'),
  residents: field(false, 'residents', 'population', '人口', '人口数', '常住人口', '居民数'),
}

const estateType = field(false, 'estatetype', '小区类型', '院落类型')

/** Fields of every kind by name, in the order in which help and screens list them. */
export const IMPORT_FIELDS = {
  areas: {
    code: field(true, 'code', 'areacode', '区域编码', '行政区划代码', '区划代码', '编码', '代码'),
    name: field(true, 'name', 'areaname', '区域名称', '名称'),
    nameEn: field(false, 'nameen', 'englishname', '英文名'),
    level: field(false, 'level', 'arealevel', '级别', '层级'),
    parent: field(false, 'parent', 'parentcode', '上级编码', '上级代码'),
    wkt: place.wkt,
  },
  grids: {
    code: field(
      true,
      'code',
      'gridcode',
      'gridid',
      'precinct',
      'wardprecinct',
      '网格编码',
      '网格编号',
      '网格代码',
      '编码',
      '编号',
    ),
    name: field(false, 'name', 'gridname', '网格名称', '名称'),
    nameEn: field(false, 'nameen', 'englishname', '英文名'),
    area: field(false, 'areacode', 'communitycode', '社区编码', '所属社区编码', '区域编码'),
    areaName: field(false, 'areaname', 'communityname', 'community', '社区', '社区名称', '所属社区'),
    estateType,
    ...people,
    staffCount: field(false, 'staffcount', 'staff', '网格员数', '人员数'),
    wkt: place.wkt,
  },
  buildings: {
    externalId: field(
      true,
      ...['externalid', 'buildingid', 'buildingcode', 'id', 'osmid', 'fid', 'gid', 'objectid'],
      ...['楼栋编码', '建筑编码', '楼栋编号', '建筑编号', '编码', '编号'],
    ),
    name: field(false, 'name', 'buildingname', '楼栋名称', '建筑名称', '名称'),
    address: field(false, 'address', 'addr', '地址', '详细地址', '门牌'),
    floors: field(false, 'floors', 'levels', 'storeys', 'buildinglevels', 'floor', '层数', '楼层数'),
    heightM: field(false, 'heightm', 'height', '高度', '建筑高度'),
    ...people,
    estateType,
    wkt: place.wkt,
  },
  incidents: {
    number: field(
      true,
      'number',
      'caseid',
      'casenumber',
      'caseenquiryid',
      'id',
      '案件编号',
      '案件号',
      '编号',
      '任务号',
    ),
    category: field(true, 'category', 'type', 'categorycode', '小类', '案件小类', '类别', '案件类型', '类型'),
    categoryParent: field(false, 'categoryparent', 'reason', 'class', '大类', '案件大类'),
    level: field(false, 'level', 'severity', 'priority', '级别', '案件等级', '等级', '紧急程度'),
    intake: field(false, 'intake', 'source', 'channel', '来源', '案件来源', '问题来源', '上报渠道'),
    title: field(false, 'title', 'casetitle', 'subject', '标题', '案件标题'),
    description: field(false, 'description', 'content', '描述', '问题描述', '案件描述', '内容'),
    address: field(false, 'address', 'location', '地址', '事发地址', '地点', '位置'),
    department: field(false, 'department', 'dept', '处置部门', '责任部门', '部门', '承办单位'),
    reportedAt: field(
      true,
      ...['reportedat', 'reported', 'opendt', 'openedat', 'createdat', 'occurredat', 'time', 'date'],
      ...['上报时间', '发生时间', '立案时间', '受理时间', '时间'],
    ),
    dueAt: field(false, 'dueat', 'due', 'targetdt', 'deadline', '截止时间', '处置时限', '办理时限'),
    closedAt: field(false, 'closedat', 'closed', 'closeddt', '结案时间', '办结时间', '完成时间'),
    ...place,
  },
  categories: {
    code: field(true, 'code', 'categorycode', '类别编码', '编码', '代码'),
    name: field(true, 'name', 'categoryname', '类别名称', '名称'),
    nameEn: field(false, 'nameen', 'englishname', '英文名'),
    parent: field(false, 'parent', 'parentcode', '上级编码', '大类编码'),
    kind: field(false, 'kind', 'type', '性质', '部件事件'),
  },
  indicators: {
    indicator: field(true, 'indicator', 'indicatorcode', '指标', '指标编码', '指标代码'),
    name: field(false, 'name', 'indicatorname', '指标名称'),
    nameEn: field(false, 'nameen', 'englishname', '英文名'),
    unit: field(false, 'unit', '单位'),
    place: field(true, 'place', 'placecode', 'code', 'gridcode', 'areacode', '网格编码', '区域编码', '编码'),
    period: field(false, 'period', 'month', 'year', 'quarter', '时段', '月份', '年份', '季度'),
    periodFrom: field(false, 'periodfrom', 'from', 'start', '开始日期', '起始日期'),
    periodTo: field(false, 'periodto', 'to', 'end', '结束日期', '截止日期'),
    value: field(true, 'value', 'amount', '数值', '值', '得分'),
  },
  places: {
    externalId: field(
      true,
      ...['externalid', 'placeid', 'id', 'osmid', 'fid', 'gid', 'objectid'],
      ...['场所编码', '场所编号', '设施编号', '编码', '编号'],
    ),
    type: field(true, 'type', 'placetype', 'kind', '类型', '场所类型', '设施类型', '类别'),
    name: field(true, 'name', 'placename', '名称', '场所名称', '设施名称'),
    nameEn: field(false, 'nameen', 'englishname', '英文名'),
    address: field(false, 'address', 'addr', '地址', '详细地址'),
    phone: field(false, 'phone', 'telephone', 'tel', '电话', '联系电话'),
    ...place,
  },
} as const satisfies Record<ImportKind, Record<string, ImportField>>

export type FieldOf<Kind extends ImportKind> = keyof (typeof IMPORT_FIELDS)[Kind] & string

/** The field a column fills; a field nobody fills is absent. */
export type ColumnMap<Kind extends ImportKind> = Partial<Record<FieldOf<Kind>, string>>

const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '')

/**
 * Which column fills which field: as `stated`, and for the rest by the column's name in Chinese or English.
 * A column fills one field; a stated one is not guessed a second time.
 */
export function guessColumns<Kind extends ImportKind>(
  kind: Kind,
  columns: readonly string[],
  stated: ColumnMap<Kind> = {},
): ColumnMap<Kind> {
  const found: ColumnMap<Kind> = { ...stated }
  const taken = new Set<string>(Object.values(stated) as string[])
  const byName = new Map([...columns].reverse().map((column) => [plain(column), column]))
  for (const [name, { synonyms }] of Object.entries(IMPORT_FIELDS[kind]) as [FieldOf<Kind>, ImportField][]) {
    if (found[name] !== undefined) continue
    const column = synonyms.map((synonym) => byName.get(synonym)).find((one) => one && !taken.has(one))
    if (!column) continue
    found[name] = column
    taken.add(column)
  }
  return found
}
