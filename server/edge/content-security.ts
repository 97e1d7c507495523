import type { Config } from '../config.ts'

/**
 * What a page may load. Everything comes from this server; only a base map that the deployment names may
 * come from elsewhere. antd and MapLibre write style elements at run time, MapLibre reads images from blobs.
 */
export function contentSecurityPolicy(config: Config) {
  const elsewhere = baseMapHosts(config)
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      workerSrc: ["'self'", 'blob:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:', ...elsewhere],
      connectSrc: ["'self'", ...elsewhere],
      fontSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'self'"],
    },
  }
}

function baseMapHosts(config: Config): string[] {
  // An own style names further hosts for its tiles and glyphs that cannot be known here
  if (config.basemapStyleUrl) return ['https:', new URL(config.basemapStyleUrl).origin]
  return config.tiandituKey ? ['https://*.tianditu.gov.cn'] : []
}
