import { useTranslation } from 'react-i18next'
import type { Inspection, SourceFormat, Upload } from '../../domain/import-job.ts'
import { useFormat } from '../ui/format.ts'

/** The names that their makers gave them; a table is called so. */
const FORMAT_NAMES: Record<SourceFormat, string | null> = {
  geojson: 'GeoJSON',
  csv: null,
  shapefile: 'Shapefile',
  geopackage: 'GeoPackage',
  flatgeobuf: 'FlatGeobuf',
  kml: 'KML',
}

interface FileFactsProps {
  upload: Upload
  inspection: Inspection
  /** the coordinate system that somebody states */
  crsStated: string | null
}

/** What files are: format, coordinate system, rows, extent. */
export function FileFacts({ upload, inspection, crsStated }: FileFactsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { files, rows, unreadableRows, columns, geometries, bbox } = inspection
  const bytes = upload.files.reduce((sum, file) => sum + file.bytes, 0)
  const unique = (values: readonly (string | null)[]) =>
    [...new Set(values.filter((value) => value !== null))].join(', ')
  const span = (from: number, to: number) => t('imports.span', { from: degrees(from), to: degrees(to) })
  const facts: [name: string, value: string][] = [
    [t('imports.fact.format'), unique(files.map((file) => FORMAT_NAMES[file.format] ?? t('imports.table')))],
    [t('imports.fact.layer'), unique(files.map(({ layer }) => layer))],
    [
      t('imports.fact.size'),
      bytes < 2 ** 20 ? `${format.measure(bytes / 2 ** 10)} KB` : `${format.measure(bytes / 2 ** 20)} MB`,
    ],
    [t('imports.fact.rows'), format.count(rows)],
    [t('imports.fact.unreadable'), unreadableRows > 0 ? format.count(unreadableRows) : ''],
    [t('imports.fact.columns'), format.count(columns.length)],
    [
      t('imports.fact.shapes'),
      geometries.length > 0
        ? unique(geometries.map((type) => t(`imports.shape.${shapeOf(type)}`)))
        : t('imports.shape.none'),
    ],
    [
      t('imports.fact.crs'),
      crsStated
        ? t('imports.crsStated', { crs: crsStated })
        : unique(files.map(({ crs }) => crs)) || t('imports.crsUnstated'),
    ],
    [t('imports.fact.longitude'), bbox ? span(bbox[0]!, bbox[2]!) : ''],
    [t('imports.fact.latitude'), bbox ? span(bbox[1]!, bbox[3]!) : ''],
  ]
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

function shapeOf(type: string): 'polygon' | 'point' | 'line' {
  if (type.endsWith('Polygon')) return 'polygon'
  return type.endsWith('Point') ? 'point' : 'line'
}

const degrees = (value: number) => value.toFixed(4)
