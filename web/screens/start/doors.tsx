import { useTranslation } from 'react-i18next'
import type { PageSettings } from '../frame/use-page-settings.ts'

/** What each user opens, and the view it opens with. */
const DOORS = [
  {
    key: 'wall',
    picture: '/start/wall.jpg',
    path: '/wall',
    // The ready-made one
    query: { wall: 0 },
  },
  {
    key: 'planner',
    picture: '/start/planner.jpg',
    path: '/',
    query: { layers: 'base,grids,buildings,areas,labels', measure: 'perHundredHouseholds' },
  },
  {
    key: 'supervisor',
    picture: '/start/supervisor.jpg',
    path: '/',
    query: { layers: 'base,points,areas,labels', span: 'open' },
  },
] as const

/** Three doors, one for each who works with it. */
export function Doors({ settings }: { settings: PageSettings }) {
  const { t } = useTranslation()
  return (
    <ul className="doors">
      {DOORS.map(({ key, picture, path, query }) => (
        <li key={key}>
          {/* A page of its own: the map is mounted once and stays */}
          <a className="door panel" href={settings.linkTo(path, query)}>
            <img src={picture} alt="" width={640} height={360} loading="lazy" />
            <h2>{t(`start.door.${key}.title`)}</h2>
            <p>{t(`start.door.${key}.sentence`)}</p>
            <span className="door-open">{t(`start.door.${key}.open`)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
