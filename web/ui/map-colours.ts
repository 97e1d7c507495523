import type { Theme } from './palettes.ts'

/** Of coloured places seen from afar; what lies below stays to be guessed. */
export const PLACE_OPACITY = 0.8

/** What the map is drawn with, apart from the data. */
export interface MapColours {
  ground: string
  water: string
  green: string
  built: string
  road: string
  roadMajor: string
  rail: string
  boundary: string
  label: string
  labelQuiet: string
  waterLabel: string
  halo: string
  /** a grid or area without a case */
  empty: string
  gridBorder: string
  areaBorder: string
  hover: string
  selected: string
  building: string
  buildingTall: string
  buildingEdge: string
  cluster: string
  clusterEdge: string
  clusterText: string
  /** marks of places */
  place: string
}

export const MAP_COLOURS: Record<Theme, MapColours> = {
  dark: {
    ground: '#0c1524',
    water: '#081b33',
    green: '#0e1f27',
    built: '#101b2d',
    road: '#1d2b42',
    roadMajor: '#2b3d5a',
    rail: '#24334b',
    boundary: '#4a5d7c',
    label: '#dbe6f5',
    labelQuiet: '#9fb1ca',
    waterLabel: '#4f7cae',
    halo: '#0a111e',
    empty: '#1a273c',
    gridBorder: '#7f9cc4',
    areaBorder: '#b9cdea',
    hover: '#ffffff',
    selected: '#ffc94d',
    building: '#31435f',
    buildingTall: '#5b76a0',
    buildingEdge: '#0c1524',
    cluster: '#0d1a2e',
    clusterEdge: '#58a6ff',
    clusterText: '#f2f7ff',
    place: '#f0b7ff',
  },
  light: {
    ground: '#eef1f4',
    water: '#c6d9ea',
    green: '#dde9dc',
    built: '#e6e9ed',
    road: '#ffffff',
    roadMajor: '#ffffff',
    rail: '#c9cfd8',
    boundary: '#8c97a8',
    label: '#22324d',
    labelQuiet: '#596a84',
    waterLabel: '#3f6f9f',
    halo: '#ffffff',
    empty: '#f7f7f5',
    gridBorder: '#5d7393',
    areaBorder: '#22406e',
    hover: '#0b1c36',
    selected: '#c04a00',
    building: '#d3dae4',
    buildingTall: '#a7b5c9',
    buildingEdge: '#8796ab',
    cluster: '#ffffff',
    clusterEdge: '#1764c8',
    clusterText: '#14284a',
    place: '#7a1fa2',
  },
}
