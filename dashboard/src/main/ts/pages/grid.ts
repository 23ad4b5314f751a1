import { html, nothing, type TemplateResult } from 'lit-html';
import { get, getAll } from '../api';
import type { Layer, Stop, TimeChart } from '../charts/spec';
import { Live } from '../live';
import { map } from '../map/map';
import { flowName } from '../names';
import { count, magnitude, money, num, rounded, shift, signed, type Dec } from '../numbers';
import { Page } from '../page';
import { changed, Query } from '../query';
import { go, withParams } from '../route';
import { addDays, age, brief, dateOf, DAY, instant, longDate, midnight, moment, span, zoneName } from '../time';
import type { Border, Flow, FlowSteps, Latest, Price, Series } from '../types';
import { card, empty, segments, shown, type Part } from '../view';

type Span = '24h' | '7d' | '30d';

const SPANS: Record<Span, { days: number; every: string; text: string; words: string }> = {
  '24h': { days: 1, every: 'PT30M', text: '24 h', words: '30-minute means' },
  '7d': { days: 7, every: 'PT3H', text: '7 d', words: '3-hour means' },
  '30d': { days: 30, every: 'PT12H', text: '30 d', words: '12-hour means' },
};

const OFTEN = 10_000;
const SELDOM = 60_000;
const FIVE_MINUTES = 300_000;

/** What flows, what does it cost? */
export class GridPage extends Page {
  readonly name = 'grid' as const;
  readonly kinds = ['border'] as const as never;

  private readonly latest = new Query<Latest>((s) => get('flows/latest', {}, s), OFTEN);
  private readonly events: Live;
  private lit: string | null = null;
  private mapWidth = 0;
  private readonly size = new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    if (width !== this.mapWidth) {
      this.mapWidth = width;
      changed();
    }
  });

  constructor(context: ConstructorParameters<typeof Page>[0]) {
    super(context);
    this.events = new Live('live', () => {
      this.latest.soon();
      this.steps().soon();
    });
  }

  override end(): void {
    super.end();
    this.latest.end();
    this.events.end();
    this.size.disconnect();
  }

  zone(): string {
    return 'Europe/London';
  }

  private chosen(): Span {
    const wanted = this.params.get('span');
    return wanted === '7d' || wanted === '30d' ? wanted : '24h';
  }

  /** End of the last value that is known. */
  private newest(): number {
    return Math.max(0, ...(this.latest.data?.items ?? []).map((b) => (b.end ? instant(b.end) : 0)));
  }

  /** The range that is shown: up to now, or around the last values where those are old, or up to a date that was asked for. */
  private range(): { from: number; to: number; past: boolean } {
    const days = SPANS[this.chosen()].days;
    const zone = this.zone();
    const asked = this.params.get('date');
    if (asked && /^\d{4}-\d\d-\d\d$/.test(asked)) {
      const to = midnight(addDays(asked, 1), zone);
      return { from: midnight(addDays(asked, 1 - days), zone), to, past: true };
    }
    const newest = this.newest();
    const now = Math.ceil(this.now() / FIVE_MINUTES) * FIVE_MINUTES;
    if (newest > 0 && newest < this.now() - DAY * days) {
      const date = dateOf(newest - 1, zone);
      return { from: midnight(addDays(date, 1 - days), zone), to: midnight(addDays(date, 1), zone), past: true };
    }
    return { from: now - days * DAY, to: now, past: false };
  }

  private steps(): Query<FlowSteps> {
    const { from, to, past } = this.range();
    const span_ = SPANS[this.chosen()];
    // A range that goes on is the same question: its end moves by itself.
    const key = past ? `${from} ${to} ${span_.every}` : `now ${span_.every}`;
    return this.ask('steps', key, () => new Query<FlowSteps>((s) => {
      const r = this.range();
      return get('flows/steps', { from: new Date(r.from).toISOString(), to: new Date(r.to).toISOString(), every: span_.every }, s);
    }, past ? 0 : SELDOM));
  }

  private prices(): Query<Price[]> {
    const { from, to, past } = this.range();
    const key = past ? `${from} ${to}` : `now ${this.chosen()}`;
    return this.ask('prices', key, () => new Query<Price[]>((s) => {
      const r = this.range();
      return getAll('prices', { from: new Date(r.from).toISOString(), to: new Date(r.to).toISOString() }, s);
    }, past ? 0 : SELDOM * 5));
  }

  private priceNow(zone: string): Price | undefined {
    const at = Math.min(this.now(), this.range().to);
    const all = (this.prices().data ?? []).filter((p) => p.zone === zone && instant(p.start) <= at);
    return all.findLast((p) => p.market === 'day-ahead') ?? all.at(-1);
  }

  override step(by: -1 | 1): void {
    const { days } = SPANS[this.chosen()];
    const zone = this.zone();
    const last = dateOf(this.range().to - 1, zone);
    const next = addDays(last, by * days);
    go(withParams({ date: next >= dateOf(this.now(), zone) ? null : next }));
  }

  render(): TemplateResult {
    const { past } = this.range();
    const chosen = this.chosen();
    const newest = this.newest();
    const origin = this.context.status.origins.border;
    const state = this.events.state;
    return html`<div class="head">
        <h1 class="answer">${this.answer()}</h1>
        <p class="sub dot-sep">${this.sub()}</p>
        <div class="tools">
          <button type="button" class="btn" aria-label="Earlier" title="Earlier ([)" @click=${() => this.step(-1)}>‹</button>
          ${segments('Span', (Object.keys(SPANS) as Span[]).map((s) => [s, SPANS[s].text] as const), chosen, (s) => go(withParams({ span: s === '24h' ? null : s })))}
          <button type="button" class="btn" aria-label="Later" title="Later (])" ?disabled=${!this.params.has('date')} @click=${() => this.step(1)}>›</button>
          <span class="chip">${origin
            ? html`${origin}`
            : html`<i class="dot ${state === 'live' ? '' : 'late'}"></i>${state === 'live' ? 'Live' : state === 'polling' ? 'Polling' : 'Connecting'}${newest ? `, ${age(this.now() - newest)} ago` : ''}`}</span>
        </div>
      </div>
      <div class="grid">
        <section class="card map c5" aria-label="Map of flows">
          <div class="mapbox">${this.mapOf()}</div>
          <h2>${newest && this.now() - newest > DAY ? brief(newest, this.zone(), this.now()) : 'Now'}, by border</h2>
          <div class="legend">
            <span><svg width="26" height="12" aria-hidden="true"><path d="M26 3v6H10v3L0 6l10-6v3Z" fill="var(--import)"/></svg>into Great Britain</span>
            <span><svg width="26" height="8" viewBox="0 0 26 8" aria-hidden="true"><path d="M0 3v2h18v3l8-4-8-4v3Z" fill="var(--export)"/></svg>out of it</span>
            <span>width is MW</span><span class="wide">prices per MWh</span>
          </div>
        </section>
        <div class="c7 right">
          ${this.flowsCard(past)}
          ${card({ title: 'Cables', sub: 'MW now, and share of capacity', body: shown(this.latest, 190, (d) => this.cables(d), this.zone(), 'cables', this.now()) })}
        </div>
      </div>`;
  }

  private known(): Border[] {
    return (this.latest.data?.items ?? []).filter((b) => b.mw !== null);
  }

  private answer(): Part {
    const latest = this.latest.data;
    if (!latest) {
      return html`&nbsp;`;
    }
    const net = latest.net.mw;
    if (net === null) {
      return html`Nothing is <b>known</b> of the cables yet`;
    }
    const old = this.known().every((b) => b.stale);
    const price = this.priceNow('GB');
    const part = latest.net.known === latest.net.borders ? '' : ` over ${latest.net.known} of ${latest.net.borders} borders`;
    const into = !net.startsWith('-');
    return html`Great Britain ${old ? (into ? 'took in' : 'gave out') : into ? 'takes in' : 'gives out'}
      <b>${count(magnitude(net))} MW</b> ${into ? 'from' : 'to'} its neighbours${part}${price && !old ? html` at <b>${money(price.price, price.unit.split('/')[0] ?? '')} per MWh</b>` : nothing}`;
  }

  private sub(): Part {
    const cables = (this.latest.data?.items ?? []).flatMap((b) => b.cables).filter((c) => c.capacityMw !== null);
    const late = cables.filter((c) => c.mw === null || c.stale);
    const worst = late.find((c) => c.end !== null) ?? late[0];
    const newest = this.newest();
    const all = late.length === cables.length;
    return html`<span>${moment(newest && this.now() - newest > DAY ? newest : this.now(), this.zone())}</span>
      ${cables.length > 0 ? html`<span>${cables.length - late.length} of ${cables.length} cables reporting</span>` : nothing}
      ${worst && !all ? html`<span class="warn">${worst.cable}: ${worst.end ? `nothing since ${brief(instant(worst.end), this.zone(), this.now())}` : 'never a value'}</span>` : nothing}
      ${all && newest ? html`<span class="warn">the last value is of ${longDate(dateOf(newest - 1, this.zone()))}</span>` : nothing}`;
  }

  private light(border: string | null): void {
    if (this.lit !== border) {
      this.lit = border;
      changed();
    }
  }

  private mapOf(): Part {
    queueMicrotask(() => {
      const box = document.querySelector('.mapbox');
      if (box) {
        this.size.observe(box);
      }
    });
    const width = this.mapWidth || 496;
    const height = width < 420 ? Math.round(width * 1.13) : 612;
    const prices = new Map<string, { price: Dec; currency: string }>();
    for (const code of ['GB', 'SEM', ...(this.latest.data?.items ?? []).map((b) => b.from.code)]) {
      const price = this.priceNow(code);
      if (price) {
        prices.set(code, { price: price.price, currency: price.unit.split('/')[0] ?? '' });
      }
    }
    return shown(this.latest, height, (d) => map({ borders: d.items, prices, width, height, lit: this.lit, light: (b) => this.light(b) }), this.zone(), 'flows', this.now());
  }

  private flowsCard(past: boolean): TemplateResult {
    const words = SPANS[this.chosen()];
    const { from, to } = this.range();
    const zone = this.zone();
    const steps = this.steps();
    return card({
      title: 'Flows by border',
      sub: `${past ? (words.days === 1 ? longDate(dateOf(from, zone)) : span(from, to, zone)) : `last ${words.text}`}, MW, ${words.words}`,
      meta: html`<span class="wide">times in ${zoneName(to - 1, zone)}</span>`,
      body: shown(steps, 320, (d) => {
        if (!d.items.some((i) => i.mw.some((v) => v !== null))) {
          const near = this.nearest(dateOf(from, zone));
          return html`<tw-chart height="218" .chart=${{ ...this.stack(d, from, to), include: [-1000, 1000] }}></tw-chart>
            <div class="foot"><span>Less than half of each interval is known of this time. ${near ? html`<a href=${withParams({ date: near })}>Go to ${longDate(near)}</a>` : nothing}</span></div>`;
        }
        return html`<tw-chart height="218" taller .chart=${this.stack(d, from, to)}></tw-chart>${this.unknown(d)}${this.priceOf(from, to)}`;
      }, zone, 'flows', this.now()),
    });
  }

  /** Of whom nothing is known, so that there is no net. */
  private unknown(d: FlowSteps): Part {
    const never = d.lines.filter((_, i) => d.items.every((step) => step.mw[i] === null)).map((l) => flowName({ name: l.from }));
    return never.length === 0 ? nothing : html`<p class="meta">No net: nothing is known of ${never.join(', ')}.</p>`;
  }

  /** The nearest other day on which the record of a flow begins or ends. */
  private nearest(date: string): string | null {
    const series = this.ask('series', 'border', () => new Query<Series[]>((s) => getAll('series', { kind: 'border' }, s)));
    const days = [...new Set((series.data ?? []).flatMap((x) => [x.first, x.last]))].filter((d) => d !== date);
    return days.reduce<string | null>((a, d) => (a === null || Math.abs(instant(d) - instant(date)) < Math.abs(instant(a) - instant(date)) ? d : a), null);
  }

  private priceOf(from: number, to: number): Part {
    const zone = this.zone();
    const query = this.prices();
    const all = (query.data ?? []).filter((p) => p.zone === 'GB');
    const market = all.some((p) => p.market === 'day-ahead') ? 'day-ahead' : (all[0]?.market ?? 'day-ahead');
    const items = all.filter((p) => p.market === market);
    const currency = items[0]?.unit.split('/')[0] ?? 'GBP';
    const last = items.findLast((p) => instant(p.start) < to);
    const chart: TimeChart = {
      from, to, zone, unit: '', ticks: 2, left: 54, right: [128, 84], bare: true, axis: (v) => rounded(v, 0),
      ...(items.length === 0 ? { include: [100] } : {}),
      layers: [
        { kind: 'gaps', items: gaps(items.map((p) => ({ from: instant(p.start), to: instant(p.end) })), from, to, this.now()) },
        {
          kind: 'steps', color: 'price', items: items.map((p) => ({ from: Math.max(from, instant(p.start)), to: Math.min(to, instant(p.end)), value: num(p.price) })),
          name: '', value: last ? money(last.price, currency) : '',
        },
      ],
      stops: items.map((p) => ({
        from: instant(p.start), to: instant(p.end),
        tip: () => ({ title: span(instant(p.start), instant(p.end), zone), rows: [['GB', `${money(p.price, currency)}/MWh`]] }),
      })),
      label: items.length === 0 ? 'No price of this time is known' : `Price in Great Britain over the same time, last ${last ? money(last.price, currency) : 'not known'} per MWh`,
      table: { head: ['Time', `${currency}/MWh`], rows: () => items.map((p) => [span(instant(p.start), instant(p.end), zone), money(p.price, currency)]) },
    };
    return html`<header class="second"><h2>${market === 'system' ? 'System' : 'Day-ahead'} price, Great Britain <span class="q">${currency === 'GBP' ? '£' : currency}/MWh</span></h2></header>
      <tw-chart height="84" .chart=${chart}></tw-chart>`;
  }

  private stack(d: FlowSteps, from: number, to: number): TimeChart {
    const zone = this.zone();
    const names = d.lines.map((l) => flowName({ name: l.from }));
    const items = d.items.map((i) => ({ from: instant(i.start), to: instant(i.end), mw: i.mw.map((v) => num(v)), exact: i.mw, net: i.net }));
    const weight = (line: number, sign: number): number => items.reduce((sum, i) => sum + Math.max(0, sign * (i.mw[line] ?? 0)), 0);
    const order = (sign: number): number[] => d.lines.map((_, i) => i).filter((i) => weight(i, sign) > 0).sort((a, b) => weight(b, sign) - weight(a, sign));
    const layers: Layer[] = [];
    const empty_ = items.filter((i) => i.mw.every((v) => v === null)).map((i) => ({ from: i.from, to: i.to }));
    layers.push({ kind: 'gaps', items: joined(empty_) });
    const last = items.findLast((i) => i.mw.some((v) => v !== null));
    const lit = this.lit;
    for (const sign of [1, -1]) {
      const base = items.map(() => 0);
      order(sign).forEach((line, place) => {
        const shade = Math.min(place + 1, sign > 0 ? 5 : 4);
        const border = d.lines[line]?.border;
        const color = lit && lit !== border ? 'line' : `${sign > 0 ? 'import' : 'export'}-${shade}`;
        let end: number | undefined;
        const spans = items.flatMap((i, n) => {
          const v = Math.max(0, sign * (i.mw[line] ?? 0));
          const low = base[n] ?? 0;
          base[n] = low + v;
          if (i === last && v > 0) {
            end = sign * (low + v / 2);
          }
          return v > 0 ? [{ from: i.from, to: i.to, low: sign * low, high: sign * (low + v) }] : [];
        });
        const exact = last?.exact[line];
        layers.push({
          kind: 'stack', color, items: spans, ink: sign > 0 ? 'import-ink' : 'export-ink',
          ...(end !== undefined && exact ? { end, name: names[line] ?? '', value: signed(exact, 0) } : {}),
        });
      });
    }
    const nets = items.map((i) => ({ from: i.from, to: i.to, value: num(i.net) }));
    const middle = nets.findIndex((n, i) => n.value !== null && i >= nets.length / 5);
    layers.push({ kind: 'steps', color: 'net', items: nets, halo: true, name: 'Net', labelAt: middle < 0 ? 0 : middle });
    const stops: Stop[] = items.map((i) => ({
      from: i.from, to: i.to,
      tip: () => ({
        title: span(i.from, i.to, zone),
        rows: i.mw.every((v) => v === null)
          ? [['No data: not zero, not known']]
          : i.exact.map((v, line) => [names[line] ?? '', v === null ? 'not known' : `${signed(v, 0)} MW`] as [string, string]),
        ...(i.net !== null ? { sum: ['Net', `${signed(i.net, 0)} MW`] as [string, string] } : {}),
      }),
    }));
    const known = nets.filter((n) => n.value !== null);
    const missing = items.length - known.length;
    return {
      from, to, zone, unit: '', ticks: 4, left: 54, right: [128, 84], axis: (v) => signed(v, 0), layers, stops,
      label: `Flows by border. ${last?.net ? `Net last ${signed(last.net, 0)} megawatts into Great Britain.` : ''} ${missing > 0 ? `The net of ${missing} of ${items.length} intervals is not known.` : ''}`,
      table: {
        head: ['Time', ...names.map((n) => `${n}, MW`), 'Net, MW'],
        rows: () => items.map((i) => [span(i.from, i.to, zone), ...i.exact.map((v) => (v === null ? 'no data' : signed(v, 0))), i.net === null ? 'not known' : signed(i.net, 0)]),
      },
    };
  }

  private cables(d: Latest): Part {
    const all = d.items.flatMap((b) => b.cables.map((c) => ({ ...c, border: b })));
    if (all.length === 0) {
      return empty('No cable is set', 'Cables are settings of the server.');
    }
    return html`<div class="cables" role="list">${all.map((c) => this.cable(c.cable, c, c.border))}</div>`;
  }

  private cable(name: string, c: Flow, b: Border): TemplateResult {
    const mw = num(c.mw);
    const share = num(c.share);
    const into = (mw ?? 0) > 0;
    const outOfService = c.capacityMw === null && mw === null;
    const when = c.end ? brief(instant(c.end), this.zone(), this.now()) : '';
    return html`<div class="cable ${this.lit === b.border ? 'lit' : ''}" role="listitem" title="${c.direction}${when ? `, ${when}` : ''}"
        @pointerenter=${() => this.light(b.border)} @pointerleave=${() => this.light(null)}>
      <span>${name}</span>
      <span class="track ${mw === null ? 'unknown' : ''}">${mw === null ? nothing : html`<i style="width:${Math.min(100, (share ?? 0) * 100)}%;background:var(--${into ? 'import' : 'export'})"></i>`}</span>
      <span class="mw ${mw === null ? 'old' : c.stale ? 'old' : into ? 'into' : 'out'}">${c.mw === null ? (outOfService ? 'out of service' : 'no value') : signed(c.mw, 0)}</span>
      <span class="pc">${c.share === null ? '' : inPercent(c.share)}</span>
    </div>`;
  }
}

/** A share of the capacity; full only where it is. */
function inPercent(share: Dec): string {
  const percent = shift(share, 2);
  const size = Number(percent);
  return `${size > 99 && size < 100 ? '99' : rounded(percent, size > 0 && size < 1 ? 1 : 0)} %`;
}

/** Neighbours as one. */
export function joined(items: { from: number; to: number }[]): { from: number; to: number }[] {
  const all: { from: number; to: number }[] = [];
  for (const i of items) {
    const last = all.at(-1);
    if (last && last.to >= i.from) {
      last.to = Math.max(last.to, i.to);
    } else {
      all.push({ ...i });
    }
  }
  return all;
}

/** Where nothing is known of a range, up to now. */
export function gaps(known: { from: number; to: number }[], from: number, to: number, now: number): { from: number; to: number }[] {
  const all: { from: number; to: number }[] = [];
  let at = from;
  for (const k of joined(known.filter((x) => x.to > from && x.from < to).sort((a, b) => a.from - b.from))) {
    if (k.from - at > 1000) {
      all.push({ from: at, to: k.from });
    }
    at = Math.max(at, k.to);
  }
  const end = Math.min(to, now);
  if (end - at > 1000) {
    all.push({ from: at, to: end });
  }
  return all;
}

