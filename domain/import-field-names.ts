import type { Language } from './district.ts'
import { type FieldOf, IMPORT_FIELDS, IMPORT_KINDS, type ImportKind } from './import-fields.ts'

/** A field of any kind; 'geometry': the shape or place that a row brings by itself. */
export type AnyField = { [Kind in ImportKind]: FieldOf<Kind> }[ImportKind] | 'geometry'

/** What a field is called on the screen; the command line and the files name it by its key. */
export const FIELD_NAMES: Record<AnyField, Record<Language, string>> = {
  geometry: { en: 'Shape or place', 'zh-CN': '图形或位置' },
  code: { en: 'Code', 'zh-CN': '编码' },
  name: { en: 'Name', 'zh-CN': '名称' },
  nameEn: { en: 'English name', 'zh-CN': '英文名' },
  level: { en: 'Level', 'zh-CN': '级别' },
  parent: { en: 'Parent code', 'zh-CN': '上级编码' },
  wkt: { en: 'Shape as text (WKT)', 'zh-CN': '图形文本（WKT）' },
  area: { en: 'Code of the area', 'zh-CN': '所属区域编码' },
  areaName: { en: 'Name of the area', 'zh-CN': '所属区域名称' },
  estateType: { en: 'Estate type', 'zh-CN': '小区类型' },
  households: { en: 'Households', 'zh-CN': '户数' },
  residents: { en: 'Residents', 'zh-CN': '人口' },
  staffCount: { en: 'Staff', 'zh-CN': '网格员数' },
  externalId: { en: 'Code of its own', 'zh-CN': '自有编码' },
  address: { en: 'Address', 'zh-CN': '地址' },
  floors: { en: 'Floors', 'zh-CN': '层数' },
  heightM: { en: 'Height (m)', 'zh-CN': '高度（米）' },
  number: { en: 'Case number', 'zh-CN': '案件编号' },
  category: { en: 'Category', 'zh-CN': '类别' },
  categoryParent: { en: 'Parent category', 'zh-CN': '大类' },
  intake: { en: 'Came in by', 'zh-CN': '来源' },
  title: { en: 'Title', 'zh-CN': '标题' },
  description: { en: 'Description', 'zh-CN': '描述' },
  department: { en: 'Department', 'zh-CN': '处置部门' },
  reportedAt: { en: 'Reported', 'zh-CN': '上报时间' },
  dueAt: { en: 'Due', 'zh-CN': '截止时间' },
  closedAt: { en: 'Closed', 'zh-CN': '结案时间' },
  lng: { en: 'Longitude', 'zh-CN': '经度' },
  lat: { en: 'Latitude', 'zh-CN': '纬度' },
  kind: { en: 'Component or event', 'zh-CN': '部件或事件' },
  indicator: { en: 'Indicator', 'zh-CN': '指标' },
  unit: { en: 'Unit', 'zh-CN': '单位' },
  place: { en: 'Code of grid or area', 'zh-CN': '网格或区域编码' },
  period: { en: 'Period', 'zh-CN': '时段' },
  periodFrom: { en: 'From', 'zh-CN': '开始日期' },
  periodTo: { en: 'To', 'zh-CN': '结束日期' },
  value: { en: 'Value', 'zh-CN': '数值' },
  type: { en: 'Type', 'zh-CN': '类型' },
  phone: { en: 'Telephone', 'zh-CN': '电话' },
}

const FIELDS = new Set<string>([
  'geometry',
  ...IMPORT_KINDS.flatMap((kind) => Object.keys(IMPORT_FIELDS[kind])),
])
export const isField = (text: string): text is AnyField => FIELDS.has(text)
