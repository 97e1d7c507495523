import type { Level } from '../../../domain/incident.ts'
import type { StoredAlarm } from '../alarms/queries.ts'
import { element } from './xml-element.ts'

export const CAP_TYPE = 'application/cap+xml; charset=utf-8'

/** Who sends, and how seriously it is meant. */
export interface CapSender {
  /** an identifier without blanks, commas, < and & */
  sender: string
  senderName: string
  /** made-up data is an exercise */
  status: 'Actual' | 'Exercise'
}

const SEVERITIES: Record<Level, string> = { 1: 'Extreme', 2: 'Severe', 3: 'Moderate', 4: 'Minor' }
/** Of the circle that stands for the place of an alarm. */
const RADIUS_KM = 0.2

/**
 * An alarm as a CAP 1.2 message: an Alert, and once somebody acknowledged it the Cancel of that. The order of the
 * elements is that of the schema of OASIS.
 */
export function writeCap(alarm: StoredAlarm, { sender, senderName, status }: CapSender): string {
  const identifier = `alarm-${alarm.id}`
  const raised = capTime(alarm.raisedAt)
  const cancelled = alarm.acknowledgedAt
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    element('identifier', cancelled ? `${identifier}-cancel` : identifier),
    element('sender', sender),
    element('sent', cancelled ? capTime(cancelled) : raised),
    element('status', status),
    element('msgType', cancelled ? 'Cancel' : 'Alert'),
    element('scope', 'Restricted'),
    element('restriction', 'For those who may sign in at the district centre'),
    ...(cancelled
      ? [
          element('note', `Acknowledged by ${alarm.acknowledgedBy}`),
          element('references', `${sender},${identifier},${raised}`),
        ]
      : []),
    '<info>',
    element('language', alarm.language),
    element('category', 'Safety'),
    element('event', alarm.title),
    element('urgency', cancelled ? 'Past' : 'Immediate'),
    element('severity', SEVERITIES[alarm.level]),
    element('certainty', 'Observed'),
    element('effective', raised),
    element('expires', capTime(alarm.expiresAt)),
    element('senderName', senderName),
    element('headline', alarm.title.slice(0, 160)),
    element('description', alarm.text),
    '<area>',
    element('areaDesc', alarm.placeName),
    ...(alarm.lng === null || alarm.lat === null
      ? []
      : [element('circle', `${alarm.lat.toFixed(6)},${alarm.lng.toFixed(6)} ${RADIUS_KM}`)]),
    ...(alarm.placeCode === ''
      ? []
      : ['<geocode>', element('valueName', 'grid'), element('value', alarm.placeCode), '</geocode>']),
    '</area>',
    '</info>',
    '</alert>',
  ]
  return `${lines.join('\n')}\n`
}

/** CAP writes UTC as -00:00, never Z, and whole seconds. */
const capTime = (iso: string) => `${iso.slice(0, 19)}-00:00`
