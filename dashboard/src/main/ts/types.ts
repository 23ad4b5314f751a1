import type { Dec } from './numbers';

/** The shapes of the API's answers, as /openapi tells them. Every number is a {@link Dec}. */

export type Quality = 'ACTUAL' | 'ESTIMATED' | 'SUBSTITUTED' | 'INVALID' | 'MISSING';

export interface Status {
  now: string;
  zone: string;
  live: boolean;
  origins: Record<'meter' | 'site' | 'home' | 'border' | 'zone', string | null>;
}

export interface Source {
  source: string;
  kind: string;
  newest: string;
  every: string;
  late: boolean;
  parts: Dec;
  lateParts: { name: string; newest: string | null }[];
}

export interface Sources {
  at: string;
  items: Source[];
}

export interface QualityCounts {
  expected: Dec;
  actual: Dec;
  estimated: Dec;
  substituted: Dec;
  invalid: Dec;
  missing: Dec;
}

export interface Total {
  date: string;
  zone: string;
  unit: string;
  total: Dec;
  average?: Dec | null;
  meters: Dec;
  silent: Dec;
  quality: QualityCounts;
  knownAt: string | null;
  asOf: string | null;
}

export interface ProfileStep {
  start: string;
  end: string;
  meters: Dec;
  mean: Dec | null;
  q10: Dec | null;
  q25: Dec | null;
  q75: Dec | null;
  q90: Dec | null;
}

export interface Breakdown {
  total: Total & { average: Dec | null };
  qualities: { quality: Quality; intervals: Dec; energy: Dec | null }[];
  deliveryCount: Dec;
  deliveries: { delivery: Dec; file: string; blocks: Dec; readings: Dec; energy: Dec }[];
  profile: { seconds: Dec; zone: string; meters: Dec; others: Dec; items: ProfileStep[] };
  history: { knownAt: string; total: Dec; meters: Dec; silent: Dec }[];
}

export interface Explanation {
  total: Total;
  blocks: {
    series: string;
    zone: string;
    total: Dec;
    quality: QualityCounts;
    sources: { delivery: Dec; file: string; line: Dec; readings: Dec }[];
    rule: string;
    knownAt: string;
  }[];
}

export interface Series {
  series: string;
  unit: string;
  commodity: string;
  resolution: string;
  first: string;
  last: string;
  zone: string;
}

export interface Reading {
  start: string;
  end: string;
  value: Dec | null;
  quality: Quality;
  missingSeconds?: Dec;
  meanW?: Dec | null;
}

export interface Readings {
  series: string;
  unit: string;
  zone: string;
  items: Reading[];
}

export interface Band {
  start: string;
  end: string;
  min: Dec;
  max: Dec;
  quality: Quality;
  missingSeconds: Dec;
}

export interface Bands {
  series: string;
  unit: string;
  zone: string;
  items: Band[];
  every: string;
}

export interface Point {
  at: string;
  powerW: Dec | null;
  productionW: Dec | null;
  todayKwh: Dec | null;
}

export interface Home {
  home: string;
  name: string;
  zone: string;
  latest: Point | null;
  trouble: string | null;
}

export interface HomeHour extends Home {
  items: Point[];
}

export interface Flow {
  mw: Dec | null;
  direction: string;
  capacityMw: Dec | null;
  share: Dec | null;
  start: string | null;
  end: string | null;
  ageSeconds: Dec | null;
  source: string | null;
  stale: boolean | null;
  quality: Quality | null;
  cablesKnown: Dec | null;
  cablesInService: Dec | null;
}

export interface Border extends Flow {
  border: string;
  from: { code: string; name: string };
  to: { code: string; name: string };
  others: Flow[];
  cables: (Flow & { cable: string })[];
}

export interface Latest {
  at: string;
  net: { mw: Dec | null; known: Dec; borders: Dec };
  items: Border[];
}

export interface FlowSteps {
  unit: string;
  zone: string;
  lines: { border: string; cable: string | null; from: string }[];
  items: { start: string; end: string; mw: (Dec | null)[]; net: Dec | null }[];
}

export interface Price {
  zone: string;
  market: string;
  start: string;
  end: string;
  price: Dec;
  unit: string;
  quality: Quality;
}

export interface SiteRecord {
  site: string;
  start: string;
  end: string;
  generated: Dec | null;
  consumed: Dec | null;
  net: Dec | null;
  anomaly: boolean;
}

export interface Site {
  site: string;
  zone: string;
  first: string;
  last: string;
  series: string[];
  latest: SiteRecord | null;
  anomalies: Dec;
}

export interface Balance {
  generated: Dec | null;
  consumed: Dec | null;
  net: Dec | null;
  records: Dec;
}

export interface Balances {
  unit: string;
  zone: string;
  total: Balance;
  sites: (Balance & { site: string; last: string })[];
  items: (Balance & { start: string; end: string; sites: Dec })[];
}

export type Severity = 'INFO' | 'WARNING' | 'CRITICAL';

export interface Anomaly {
  series: string;
  start: string;
  end: string;
  rule: string;
  observed: string;
  expected: string;
  severity: Severity;
  value: Dec | null;
  low: Dec | null;
  high: Dec | null;
  foundAt: string;
  resolvedAt: string | null;
}

export interface Count {
  thing: string;
  rule: string;
  count: Dec;
  open: Dec;
}

export interface Delivery {
  id: Dec;
  name: string;
  state: 'taken' | 'withdrawn' | 'quarantined';
  receivedAt: string;
  knownAt: string;
  bytes: Dec;
  format: string;
  zone: string;
  counts: { rows: Dec; rejected: Dec; readings: Dec; new: Dec; unchanged: Dec; extended: Dec; corrected: Dec; removed: Dec };
  notices: { code: string; count: Dec; firstLine: Dec; message: string }[];
  reason: string | null;
}

export interface Reject {
  line: Dec;
  column: string;
  code: string;
  message: string;
  text: string;
}
