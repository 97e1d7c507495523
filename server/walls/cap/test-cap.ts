import { childrenOf, readXml, textOf, type XmlElement } from './read-xml.ts'

/** Elements in the order of the schema of CAP 1.2 (OASIS, CAP-v1.2-os.xsd); a `!` must be there. */
const ALERT =
  'identifier! sender! sent! status! msgType! source scope! restriction addresses code note references incidents info'
const INFO = `language category! event! responseType urgency! severity! certainty! audience eventCode effective onset
  expires senderName headline description instruction web contact parameter resource area`
const AREA = 'areaDesc! polygon circle geocode altitude ceiling'

const WORDS: Record<string, string[]> = {
  status: ['Actual', 'Exercise', 'System', 'Test', 'Draft'],
  msgType: ['Alert', 'Update', 'Cancel', 'Ack', 'Error'],
  scope: ['Public', 'Restricted', 'Private'],
  category: [
    'Geo',
    'Met',
    'Safety',
    'Security',
    'Rescue',
    'Fire',
    'Health',
    'Env',
    'Transport',
    'Infra',
    'CBRNE',
    'Other',
  ],
  urgency: ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'],
  severity: ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'],
  certainty: ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'],
}
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/

/** For tests: throws where a message breaks the schema; answers its texts by their elements. */
export function checkCap(xml: string): Record<string, string> {
  const alert = readXml(xml)
  if (alert.name !== 'alert' || alert.namespace !== 'urn:oasis:names:tc:emergency:cap:1.2')
    throw new Error(`${alert.namespace} ${alert.name} is no message of CAP 1.2`)
  const texts: Record<string, string> = {}
  checkOrder(alert, ALERT, texts)
  if (texts.scope === 'Restricted' && !texts.restriction)
    throw new Error('a restricted message has no restriction')
  if (texts.msgType !== 'Alert' && !texts.references) throw new Error('it refers to no message')
  for (const info of childrenOf(alert, 'info')) {
    checkOrder(info, INFO, texts)
    for (const area of childrenOf(info, 'area')) {
      checkOrder(area, AREA, texts)
      for (const geocode of childrenOf(area, 'geocode')) {
        if (geocode.children.map(({ name }) => name).join() !== 'valueName,value')
          throw new Error('a wrong geocode')
        texts.geocode = textOf(geocode, 'value')!
      }
    }
  }
  for (const [name, words] of Object.entries(WORDS))
    if (!words.includes(texts[name]!)) throw new Error(`${name} is ${texts[name]}`)
  for (const name of ['sent', 'effective', 'expires'])
    if (!TIME.test(texts[name]!)) throw new Error(`${name} is ${texts[name]}`)
  if (/[\s,<&]/.test(`${texts.identifier}${texts.sender}`)) throw new Error('an identifier that is none')
  return texts
}

function checkOrder(element: XmlElement, order: string, texts: Record<string, string>): void {
  const known = order.split(/\s+/)
  const names = known.map((name) => name.replace('!', ''))
  const places = element.children.map(({ name }) => names.indexOf(name))
  if (places.some((place, n) => place < 0 || place < (places[n - 1] ?? 0)))
    throw new Error(
      `the elements of ${element.name} are not in order: ${element.children.map(({ name }) => name)}`,
    )
  for (const name of known.filter((one) => one.endsWith('!')))
    if (!textOf(element, name.slice(0, -1))) throw new Error(`${element.name} lacks ${name}`)
  for (const { name, text, children } of element.children) if (children.length === 0) texts[name] = text
}
