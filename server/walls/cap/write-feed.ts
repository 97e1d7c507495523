import type { StoredAlarm } from '../alarms/queries.ts'
import type { CapSender } from './write-cap.ts'
import { element } from './xml-element.ts'

export const FEED_TYPE = 'application/atom+xml; charset=utf-8'

/** The alarms as an Atom feed that names each message. */
export function writeFeed(alarms: readonly StoredAlarm[], { sender, senderName }: CapSender): string {
  const changedAt = (alarm: StoredAlarm) => alarm.acknowledgedAt ?? alarm.raisedAt
  // Without any alarm there is nothing that a time could be of
  const updated = alarms.map(changedAt).sort().at(-1) ?? new Date(0).toISOString()
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element('id', `urn:cap:${sender}`),
    element('title', senderName),
    element('updated', updated),
    '<link rel="self" href="/api/cap"/>',
    '<author>',
    element('name', senderName),
    '</author>',
    ...alarms.flatMap((alarm) => [
      '<entry>',
      element('id', `urn:cap:${sender}:alarm-${alarm.id}${alarm.acknowledgedAt ? '-cancel' : ''}`),
      element('title', alarm.title),
      element('updated', changedAt(alarm)),
      element('published', alarm.raisedAt),
      element('summary', alarm.text),
      `<link rel="alternate" type="application/cap+xml" href="/api/cap/${alarm.id}"/>`,
      '</entry>',
    ]),
    '</feed>',
  ]
  return `${lines.join('\n')}\n`
}
