import type { Region, Segment, Stream } from './places.ts';

/** Instants are milliseconds UTC, days are business-zone day numbers, money is in USD without tax; null is "not (yet)". */
type Instant = number;

export interface Customer {
  id: string;
  segment: Segment;
  region: Region;
  postcode: string;
  createdAt: Instant;
}

export interface Case {
  id: string;
  stream: Stream;
  customer: string;
  segment: Segment;
  region: Region;
  product: string;
  channel: string;
  crew: string | null;
  openedAt: Instant;
  closedAt: Instant | null;
  outcome: 'completed' | 'dropped' | 'open';
}

export interface StageEvent {
  caseId: string;
  stage: string;
  visit: number;
  enteredAt: Instant;
  exitedAt: Instant | null;
  outcome: 'passed' | 'dropped' | 'returned' | null;
  reason: string | null;
  source: string;
}

export interface Spend {
  id: string;
  stream: Stream;
  firstDay: number;
  lastDay: number;
  campaign: string;
  channel: string;
  segment: Segment;
  region: Region;
  amount: number;
}

export interface Lead {
  id: string;
  caseId: string | null;
  stream: Stream;
  segment: Segment;
  region: Region;
  channel: string;
  campaign: string | null;
  createdAt: Instant;
  email: string;
  phone: string | null;
  mqlAt: Instant | null;
  sqlAt: Instant | null;
  qualifiedAt: Instant | null;
  convertedAt: Instant | null;
  opportunity: string | null;
  disqualifiedAt: Instant | null;
  disqualifiedWhy: string | null;
  score: number;
  scoreModel: string;
  serviceable: boolean;
  isTest: boolean;
  duplicateOf: string | null;
}

export interface Opportunity {
  id: string;
  caseId: string;
  createdAt: Instant;
  decidedAt: Instant | null;
  outcome: 'won' | 'lost' | 'open';
  lostReason: string | null;
  campaign: string | null;
  amount: number | null;
  margin: number | null;
  signedAt: Instant | null;
  oneOff: number | null;
  monthly: number | null;
  termMonths: number | null;
  cancelledAt: Instant | null;
  amends: string | null;
}

export interface Quote {
  id: string;
  opportunity: string;
  version: number;
  issuedAt: Instant | null;
  validUntil: Instant | null;
  acceptedAt: Instant | null;
  declinedAt: Instant | null;
  status: 'Draft' | 'Presented' | 'Accepted' | 'Denied' | 'Expired' | 'Replaced';
  amount: number;
  finalAmount: number | null;
  customerChange: number | null;
  invoicedAt: Instant | null;
  siteAssessedAt: Instant | null;
}

export interface WorkOrder {
  id: string;
  caseId: string;
  asset: string | null;
  site: string;
  kind: 'install' | 'repair' | 'rework' | 'maintenance';
  region: Region;
  createdAt: Instant;
  permitSubmittedAt: Instant | null;
  permitApprovedAt: Instant | null;
  upgradeDoneAt: Instant | null;
  completedAt: Instant | null;
  firstInspection: 'pass' | 'fail' | 'no_show' | null;
  inspectedAt: Instant | null;
  deviceCount: number | null;
  plannedVisits: number;
  defectCause: string | null;
}

export interface Visit {
  id: string;
  workOrder: string;
  number: number;
  firstStart: Instant;
  scheduledStart: Instant;
  scheduledEnd: Instant;
  windowStart: Instant;
  windowEnd: Instant;
  actualStart: Instant | null;
  actualEnd: Instant | null;
  pauseMinutes: number | null;
  crew: string;
  crewSize: number;
  outcome: 'completed' | 'incomplete' | 'no_access' | 'cancelled' | 'scheduled';
  moves: number;
  moveReason: 'company' | 'customer' | 'materials' | 'weather' | null;
  cause: string | null;
  plannedMulti: boolean;
}

export interface TechnicianDay {
  technician: string;
  day: number;
  crew: string;
  region: Region;
  stream: Stream;
  employer: 'own' | 'contractor';
  available: number;
  work: number;
  travel: number;
  overtime: number;
  worked: number | null;
}

export interface Incident {
  id: string;
  at: Instant;
  severity: 'near_miss' | 'first_aid' | 'recordable' | 'restricted' | 'days_away';
  daysAway: number;
  workOrder: string | null;
  crew: string;
  region: Region;
  stream: Stream;
}

export interface Asset {
  id: string;
  parent: string | null;
  kind: 'charger' | 'port' | 'hub' | 'device';
  caseId: string;
  site: string;
  connector: number | null;
  model: string;
  firmware: string;
  kw: number | null;
  installedAt: Instant | null;
  inServiceAt: Instant | null;
  activatedAt: Instant | null;
  firstOnlineAt: Instant | null;
  firstSessionAt: Instant | null;
  retiredAt: Instant | null;
}

export interface Step {
  caseId: string;
  asset: string | null;
  step: 'commission' | 'network_active' | 'platform_active' | 'account' | 'app' | 'payment' | 'training' | 'docs';
  attempt: number;
  required: boolean;
  result: 'pass' | 'fail' | 'invited';
  failCode: string | null;
  doneAt: Instant | null;
}

export interface Survey {
  id: string;
  caseId: string;
  customer: string;
  touchpoint: 'onboarding' | 'post_install' | 'support';
  sentAt: Instant;
  respondedAt: Instant | null;
  score: number | null;
  scaleMin: number;
  scaleMax: number;
  instrument: 'csat' | 'nps';
}

export interface Ticket {
  id: string;
  caseId: string;
  asset: string | null;
  openedAt: Instant;
  resolvedAt: Instant | null;
  closedAt: Instant | null;
  priority: 1 | 2 | 3 | 4;
  category: string;
  contact: string;
  calendar: 'default' | 'always';
  reopened: number;
  mergedInto: string | null;
  spam: boolean;
}

export interface TicketState {
  ticket: string;
  seq: number;
  state: 'active' | 'wait_customer' | 'wait_vendor' | 'resolved';
  from: Instant;
  to: Instant | null;
}

export interface ChargerMessage {
  charger: string;
  connector: number;
  message: 'StatusNotification' | 'Heartbeat' | 'BootNotification';
  status: string | null;
  error: string | null;
  firmware: string | null;
  at: Instant;
  receivedAt: Instant;
}

export interface HubMessage {
  device: string;
  at: Instant;
  type: 'heartbeat' | 'online' | 'offline';
  firmware: string;
}

export interface Exclusion {
  id: string;
  asset: string;
  from: Instant;
  to: Instant;
  reason: 'grid' | 'maintenance' | 'vandalism' | 'vehicle';
  approved: boolean;
  evidence: string;
}

export interface Term {
  id: string;
  customer: string;
  caseId: string;
  product: string;
  startAt: Instant;
  endAt: Instant | null;
  endReason: 'voluntary' | 'nonpay' | 'moved' | 'other' | null;
  observedFrom: Instant | null;
}

/** Everything the source systems hold on the last day. */
export interface World {
  customers: Customer[];
  cases: Case[];
  stageEvents: StageEvent[];
  spend: Spend[];
  leads: Lead[];
  opportunities: Opportunity[];
  quotes: Quote[];
  workOrders: WorkOrder[];
  visits: Visit[];
  technicianDays: TechnicianDay[];
  incidents: Incident[];
  assets: Asset[];
  steps: Step[];
  surveys: Survey[];
  tickets: Ticket[];
  ticketStates: TicketState[];
  chargerLog: ChargerMessage[];
  hubLog: HubMessage[];
  exclusions: Exclusion[];
  terms: Term[];
}

export function emptyWorld(): World {
  return {
    customers: [],
    cases: [],
    stageEvents: [],
    spend: [],
    leads: [],
    opportunities: [],
    quotes: [],
    workOrders: [],
    visits: [],
    technicianDays: [],
    incidents: [],
    assets: [],
    steps: [],
    surveys: [],
    tickets: [],
    ticketStates: [],
    chargerLog: [],
    hubLog: [],
    exclusions: [],
    terms: [],
  };
}
