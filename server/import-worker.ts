// The thread in which the web imports and looks at files.
import { dissolveAreasFromGrids } from './areas/queries.ts'
import { checkCoverage } from './grids/queries.ts'
import { workInThread } from './imports/thread/work.ts'

workInThread({ dissolveAreas: dissolveAreasFromGrids, checkCoverage })
