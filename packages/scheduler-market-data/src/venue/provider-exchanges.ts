/**
 * The exchange codes of Yahoo, with the exchange of our calendars that has the hours of each. A code that is not here has
 * unknown hours: a regional floor may trade until 20:00 where the main market closes at 17:30.
 */
export const PROVIDER_EXCHANGES: Readonly<Record<string, string>> = {
  // New York and Nasdaq, with the indexes of their shares
  NYQ: 'XNYS',
  NYS: 'XNYS',
  PCX: 'XNYS',
  ASE: 'XNYS',
  BTS: 'XNYS',
  SNP: 'XNYS',
  DJI: 'XNYS',
  WCB: 'XNYS',
  CXI: 'XNYS',
  NAS: 'XNAS',
  NMS: 'XNAS',
  NGM: 'XNAS',
  NCM: 'XNAS',
  NIM: 'XNAS',
  // Europe
  LSE: 'XLON',
  FGI: 'XLON',
  GER: 'XETR',
  PAR: 'XPAR',
  AMS: 'XAMS',
  EBS: 'XSWX',
  // Asia and the Pacific
  JPX: 'XTKS',
  TYO: 'XTKS',
  OSA: 'XTKS',
  HKG: 'XHKG',
  SES: 'XSES',
  NSI: 'XNSE',
  ASX: 'XASX',
  // The Middle East and Canada
  SAU: 'XSAU',
  TLV: 'XTAE',
  TOR: 'XTSE',
  // Futures, currencies, crypto
  CME: 'CME-EQUITY',
  NYM: 'CME-ENERGY',
  CMX: 'CME-ENERGY',
  CCY: '24/5',
  CCC: '24/7',
}

/** The main exchange of a zone, for an index whose provider names the zone and no exchange that is known here. */
export const ZONE_EXCHANGES: Readonly<Record<string, string>> = {
  'America/New_York': 'XNYS',
  'Europe/London': 'XLON',
  'Europe/Berlin': 'XETR',
  'Europe/Paris': 'XPAR',
  'Europe/Amsterdam': 'XAMS',
  'Europe/Zurich': 'XSWX',
  'Asia/Tokyo': 'XTKS',
  'Asia/Hong_Kong': 'XHKG',
  'Asia/Singapore': 'XSES',
  'Asia/Kolkata': 'XNSE',
  'Australia/Sydney': 'XASX',
  'Asia/Riyadh': 'XSAU',
  'Asia/Jerusalem': 'XTAE',
  'America/Toronto': 'XTSE',
}
