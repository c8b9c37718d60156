/** Who and what the sample company has: regions, channels, campaigns, products, crews. */
export type Segment = 'residential' | 'commercial' | 'fleet';
export type Stream = 'NCV-01' | 'NCV-02';

export const REGIONS = ['Metro', 'Coastal', 'Valley', 'North', 'Lakes'] as const;
export type Region = (typeof REGIONS)[number];
export const REGION_WEIGHTS: readonly (readonly [Region, number])[] = [
  ['Metro', 30],
  ['Coastal', 24],
  ['Valley', 20],
  ['North', 14],
  ['Lakes', 12],
];

export interface Campaign {
  readonly id: string;
  readonly channel: string;
  readonly segment: Segment;
  readonly costPerLead: number;
}

/** Channels with a share of the leads; those without a campaign cost nothing. */
export const CHANNELS: Readonly<Record<Stream, readonly (readonly [string, number])[]>> = {
  'NCV-01': [
    ['Paid Search', 27],
    ['Social', 18],
    ['Retail Partner', 14],
    ['Events', 6],
    ['Email', 8],
    ['Referral', 12],
    ['Organic Web', 15],
  ],
  'NCV-02': [
    ['Paid Search', 26],
    ['Dealer Partner', 20],
    ['Trade Fair', 10],
    ['Social', 10],
    ['Referral', 14],
    ['Organic Web', 20],
  ],
};

export const CAMPAIGNS: Readonly<Record<Stream, readonly Campaign[]>> = {
  'NCV-01': [
    { id: 'SH-SEARCH-HOME', channel: 'Paid Search', segment: 'residential', costPerLead: 68 },
    { id: 'SH-SEARCH-SHOP', channel: 'Paid Search', segment: 'commercial', costPerLead: 98 },
    { id: 'SH-SOCIAL-HOME', channel: 'Social', segment: 'residential', costPerLead: 50 },
    { id: 'SH-RETAIL-HOME', channel: 'Retail Partner', segment: 'residential', costPerLead: 80 },
    { id: 'SH-EVENTS-HOME', channel: 'Events', segment: 'residential', costPerLead: 112 },
    { id: 'SH-EVENTS-SHOP', channel: 'Events', segment: 'commercial', costPerLead: 134 },
  ],
  'NCV-02': [
    { id: 'EV-SEARCH-HOME', channel: 'Paid Search', segment: 'residential', costPerLead: 74 },
    { id: 'EV-SEARCH-WORK', channel: 'Paid Search', segment: 'commercial', costPerLead: 140 },
    { id: 'EV-DEALER-HOME', channel: 'Dealer Partner', segment: 'residential', costPerLead: 88 },
    { id: 'EV-FAIR-WORK', channel: 'Trade Fair', segment: 'commercial', costPerLead: 210 },
    { id: 'EV-FAIR-FLEET', channel: 'Trade Fair', segment: 'fleet', costPerLead: 320 },
    { id: 'EV-SOCIAL-HOME', channel: 'Social', segment: 'residential', costPerLead: 58 },
  ],
};

export interface HomeProduct {
  readonly name: string;
  readonly devices: readonly [number, number];
  readonly price: number;
  readonly monthly: number;
  readonly hours: number;
}

export const HOME_PRODUCTS: readonly (readonly [HomeProduct, number])[] = [
  [{ name: 'Comfort Starter', devices: [2, 4], price: 690, monthly: 9, hours: 1.6 }, 38],
  [{ name: 'Energy Saver', devices: [4, 7], price: 1480, monthly: 15, hours: 2.8 }, 34],
  [{ name: 'Whole Home', devices: [8, 13], price: 3250, monthly: 26, hours: 5.2 }, 20],
  [{ name: 'Secure Home', devices: [5, 9], price: 1990, monthly: 32, hours: 3.6 }, 8],
];

export interface ChargingProduct {
  readonly name: string;
  readonly model: string;
  readonly kw: number;
  readonly ports: readonly [number, number];
  readonly price: number;
  readonly monthly: number;
}

const wallbox = { name: 'Home Charger 11', model: 'WB-11', kw: 11.5, ports: [1, 1], price: 1850, monthly: 6 } as const;
const wallboxPlus = { name: 'Home Charger 19', model: 'WB-19', kw: 19.2, ports: [1, 1], price: 2480, monthly: 9 } as const;
const workplace = { name: 'Workplace AC', model: 'AC-2x19', kw: 19.2, ports: [2, 2], price: 9800, monthly: 58 } as const;
const corridor = { name: 'Destination DC', model: 'DC-150', kw: 150, ports: [1, 2], price: 78000, monthly: 240 } as const;
const depot = { name: 'Depot Charging', model: 'DC-180D', kw: 180, ports: [2, 2], price: 96000, monthly: 310 } as const;

export const CHARGING_PRODUCTS: Readonly<Record<Segment, readonly (readonly [ChargingProduct, number])[]>> = {
  residential: [
    [wallbox, 66],
    [wallboxPlus, 34],
  ],
  commercial: [
    [workplace, 70],
    [corridor, 30],
  ],
  fleet: [
    [depot, 62],
    [workplace, 38],
  ],
};

export interface Crew {
  readonly id: string;
  readonly stream: Stream;
  readonly region: Region;
  readonly size: number;
}

export const CREWS: readonly Crew[] = [
  { id: 'SH-M1', stream: 'NCV-01', region: 'Metro', size: 2 },
  { id: 'SH-M2', stream: 'NCV-01', region: 'Metro', size: 2 },
  { id: 'SH-C1', stream: 'NCV-01', region: 'Coastal', size: 2 },
  { id: 'SH-C2', stream: 'NCV-01', region: 'Coastal', size: 2 },
  { id: 'SH-V1', stream: 'NCV-01', region: 'Valley', size: 2 },
  { id: 'SH-V2', stream: 'NCV-01', region: 'Valley', size: 2 },
  { id: 'SH-N1', stream: 'NCV-01', region: 'North', size: 2 },
  { id: 'SH-L1', stream: 'NCV-01', region: 'Lakes', size: 2 },
  { id: 'EV-M1', stream: 'NCV-02', region: 'Metro', size: 3 },
  { id: 'EV-C1', stream: 'NCV-02', region: 'Coastal', size: 3 },
  { id: 'EV-V1', stream: 'NCV-02', region: 'Valley', size: 3 },
  { id: 'EV-N1', stream: 'NCV-02', region: 'North', size: 3 },
  { id: 'EV-L1', stream: 'NCV-02', region: 'Lakes', size: 3 },
];
