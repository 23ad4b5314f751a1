import { html, nothing, type TemplateResult } from 'lit-html';
import { address, get, getAll, inPath, parse, save, type Page as ListPage } from '../api';
import type { Layer, Stop, TimeChart } from '../charts/spec';
import { Live } from '../live';
import { key } from '../names';
import { count, exact, magnitude, minus, money, num, plus, rounded, shift, times, type Dec } from '../numbers';
import { Page } from '../page';
import { changed, Query } from '../query';
import { go, withParams } from '../route';
import {
  addDays, addMonths, clockWithSeconds, clockAndZone, dateOf, DAY, firstOfMonth, firstOfYear, instant, longDate, midnight, moment, monthName, shortDate, span, weekdayName, zoneName,
} from '../time';
import type { Bands, Home, HomeHour, Point, Reading, Readings, Series } from '../types';
import { ago, card, empty, fact, segments, shown, stepper, unit, type Part } from '../view';
import { gaps } from './grid';

type Step = '5min' | 'hour' | 'day' | 'month';

const STEPS: Record<Step, { every: string; text: string; of: string }> = {
  '5min': { every: 'PT5M', text: '5 min', of: 'day' },
  hour: { every: 'PT1H', text: 'Hour', of: 'day' },
  day: { every: 'P1D', text: 'Day', of: 'month' },
  month: { every: 'P1M', text: 'Month', of: 'year' },
};

type Window = 'hour' | 'day' | 'week' | 'all';

const FORMATS = ['csv', 'json', 'png', 'svg', 'html', 'parquet'] as const;
const NOW_AND_THEN = 30_000;
const OFTEN = 10_000;
const HOUR = 3_600_000;
const SILENT = 60_000;

interface House {
  key: string;
  name: string;
  zone: string;
  energy: Series | undefined;
  power: Series | undefined;
  price: Series | undefined;
  cost: Series | undefined;
  live: boolean;
}

/** What do I use, what does it cost? */
export class HomePage extends Page {
  readonly name = 'home' as const;
  readonly kinds = ['home'] as const as never;

  private readonly homes = new Query<ListPage<Home>>((s) => get('homes', {}, s), NOW_AND_THEN);
  private readonly series = new Query<Series[]>((s) => getAll('series', { kind: 'home' }, s), 300_000);
  private points: Point[] = [];
  private pointsOf = '';
  private events: Live | undefined;
  private zoomed: { from: number; to: number } | null = null;
  private exporting = '';

  override end(): void {
    super.end();
    this.homes.end();
    this.series.end();
    this.events?.end();
  }

  private houses(): House[] {
    const all = new Map<string, House>();
    for (const s of this.series.data ?? []) {
      const [, raw = '', quantity, channel] = s.series.split('/');
      const house = all.get(raw) ?? { key: raw, name: key(s.series), zone: s.zone, energy: undefined, power: undefined, price: undefined, cost: undefined, live: false };
      all.set(raw, house);
      if (channel === undefined) {
        if (quantity === 'consumption') {
          house.energy = s;
          house.zone = s.zone;
        } else if (quantity === 'power') {
          house.power = s;
        } else if (quantity === 'price') {
          house.price = s;
        } else if (quantity === 'cost') {
          house.cost = s;
        }
      }
    }
    for (const h of this.homes.data?.items ?? []) {
      const house = all.get(h.home) ?? { key: h.home, name: h.name, zone: h.zone, energy: undefined, power: undefined, price: undefined, cost: undefined, live: true };
      all.set(h.home, { ...house, name: h.name || house.name, zone: h.zone, live: true });
    }
    return [...all.values()].sort((a, b) => Number(b.live) - Number(a.live) || a.key.localeCompare(b.key));
  }

  private house(): House | undefined {
    const houses = this.houses();
    return houses.find((h) => h.key === this.params.get('home')) ?? houses[0];
  }

  zone(): string {
    return this.house()?.zone ?? this.context.status.zone;
  }

  private chosenStep(): Step {
    const wanted = this.params.get('step');
    return wanted === '5min' || wanted === 'day' || wanted === 'month' ? wanted : 'hour';
  }

  private today(): string {
    return dateOf(this.now(), this.zone());
  }

  /** The date that is shown: the one that was asked for, else today, else the last of which anything is known. */
  private date(): string {
    const asked = this.params.get('date');
    if (asked && /^\d{4}-\d\d-\d\d$/.test(asked)) {
      return asked;
    }
    const house = this.house();
    const today = this.today();
    return house && !house.live && house.energy && house.energy.last < today ? house.energy.last : today;
  }

  private range(step = this.chosenStep(), date = this.date()): { from: string; to: string } {
    if (step === 'day') {
      return { from: firstOfMonth(date), to: addMonths(firstOfMonth(date), 1) };
    }
    if (step === 'month') {
      return { from: firstOfYear(date), to: addMonths(firstOfYear(date), 12) };
    }
    return { from: date, to: addDays(date, 1) };
  }

  private moved_(by: number): string {
    const step = this.chosenStep();
    const date = this.date();
    return step === 'day' ? addMonths(date, by) : step === 'month' ? addMonths(date, 12 * by) : addDays(date, by);
  }

  override step(by: -1 | 1): void {
    const to = this.moved_(by);
    const { from } = this.range(this.chosenStep(), to);
    if (by < 0 || from <= this.today()) {
      go(withParams({ date: to === this.today() ? null : to }));
    }
  }

  private readings(name: string, series: string, from: string, to: string, every: string, often: number, goesOn = false): Query<Readings> {
    return this.ask(name, [series, from, to, every].join(' '), () => new Query<Readings>((s) => get(`series/${inPath(series)}/readings`, { from, to, every }, s), often), goesOn);
  }

  // The last hour, at full rate.

  private listening(house: House): void {
    if (!house.live || this.pointsOf === house.key) {
      return;
    }
    this.pointsOf = house.key;
    this.points = [];
    this.events?.end();
    this.events = new Live(`homes/${encodeURIComponent(house.key)}/power`, (event, data) => {
      if (event === 'power') {
        this.add(parse(data) as Point);
        changed();
      }
    });
  }

  private add(point: Point): void {
    const last = this.points.at(-1);
    if (!last || instant(point.at) > instant(last.at)) {
      this.points.push(point);
    }
  }

  private hour(house: House): Query<HomeHour> {
    return this.ask('hour', house.key, () => new Query<HomeHour>(async (s) => {
      const hour = await get<HomeHour>(`homes/${encodeURIComponent(house.key)}/power`, {}, s);
      const newest = hour.items.at(-1)?.at;
      this.points = [...hour.items, ...this.points.filter((p) => !newest || instant(p.at) > instant(newest))];
      return hour;
    }, this.events?.state === 'live' ? 0 : OFTEN));
  }

  private latest(house: House): Point | undefined {
    return this.points.at(-1) ?? this.homes.data?.items.find((h) => h.home === house.key)?.latest ?? undefined;
  }

  render(): TemplateResult {
    if ((!this.series.data && !this.series.error) || (!this.homes.data && !this.homes.error)) {
      return html`<div class="head"><h1 class="answer">&nbsp;</h1><p class="sub">&nbsp;</p></div>
        <div class="grid">${card({ title: 'Power', cls: 'c9', body: shown(this.series, 160, () => nothing, this.zone(), 'the homes', this.now()) })}
        ${card({ title: 'Now', cls: 'c3', body: nothing })}${card({ title: 'Energy', cls: 'c12', body: html`<div style="height:330px"></div>` })}</div>`;
    }
    const house = this.house();
    if (!house) {
      return this.none();
    }
    this.listening(house);
    const houses = this.houses();
    return html`<div class="head">
        <h1 class="answer">${this.answer(house)}</h1>
        <p class="sub dot-sep">${this.sub(house)}</p>
        <div class="tools">${houses.length > 1
          ? html`<select class="field" aria-label="Home" @change=${(e: Event) => go(withParams({ home: (e.target as HTMLSelectElement).value, date: null }))}>
              ${houses.map((h) => html`<option value=${h.key} ?selected=${h.key === house.key}>${h.name}</option>`)}</select>`
          : nothing}
          ${house.live ? this.chip(house) : nothing}</div>
      </div>
      <div class="grid">
        ${this.powerCard(house)}
        ${this.nowCard(house)}
        ${this.barsCard(house)}
      </div>`;
  }

  private none(): TemplateResult {
    return html`<div class="head"><h1 class="answer">No home is <b>known</b> yet</h1><p class="sub">${moment(this.now(), this.zone())}</p></div>
      <div class="grid">
        ${card({ title: 'Listen to a meter', cls: 'c6', body: empty('A Tibber home, live', html`Put <span class="code">tallywatt.tibber-token=...</span> into tallywatt.properties in the data folder and start the server again: the last hour at full rate, minutes kept, prices and cost.`, html`<a class="btn" href="/docs/">The API</a>`) })}
        ${card({ title: 'Or bring what you have', cls: 'c6', body: empty('Files and readings', 'Drop the file of a recorder (home_id, current_usage, acc_usage, time), or post readings of home/KEY/consumption.', html`<a class="btn main" href="/files">Add files</a>`) })}
      </div>`;
  }

  private chip(house: House): TemplateResult {
    const latest = this.latest(house);
    const at = latest ? instant(latest.at) : 0;
    const late = this.now() - at > SILENT;
    const state = this.events?.state ?? 'connecting';
    return html`<span class="chip"><i class="dot ${late || state !== 'live' ? 'late' : ''}"></i>${state === 'live' ? 'Live' : state === 'polling' ? 'Polling' : 'Connecting'}${at ? html`, ${ago(at, this.now(), house.zone)}` : nothing}</span>`;
  }

  /** Sums of today and of the same part of the same day last week. */
  private soFar(house: House): { used: Dec | null; cost: Dec | null; week: Dec | null } {
    if (!house.energy) {
      return { used: null, cost: null, week: null };
    }
    const zone = house.zone;
    const minute = Math.floor(this.now() / 300_000) * 300_000;
    const today = midnight(this.today(), zone);
    const then = midnight(addDays(this.today(), -7), zone);
    const iso = (at: number): string => new Date(at).toISOString();
    if (minute <= today) {
      return { used: null, cost: null, week: null };
    }
    const used = this.readings('used', house.energy.series, iso(today), iso(minute), 'P1D', 0, true);
    const week = this.readings('week', house.energy.series, iso(then), iso(then + minute - today), 'P1D', 0, true);
    const cost = house.cost ? this.readings('costs', house.cost.series, iso(today), iso(minute), 'P1D', 0, true) : undefined;
    return { used: used.data?.items[0]?.value ?? null, cost: cost?.data?.items[0]?.value ?? null, week: week.data?.items[0]?.value ?? null };
  }

  private currency(house: House): string {
    return house.cost?.unit ?? house.price?.unit.split('/')[0] ?? '';
  }

  private answer(house: House): Part {
    const latest = this.latest(house);
    const sums = this.soFar(house);
    const used = latest?.todayKwh ?? sums.used;
    const fresh = latest?.powerW && this.now() - instant(latest.at) <= SILENT;
    const parts: Part[] = [];
    if (fresh && latest?.powerW) {
      parts.push(html`The house draws <b>${count(latest.powerW)} W</b>`);
    }
    if (used) {
      parts.push(html`${parts.length ? 'and' : 'The house'} has used <b>${rounded(used, 2)} kWh</b>${sums.cost ? html` for <b>${money(sums.cost, this.currency(house))}</b>` : nothing} today`);
    }
    if (parts.length === 0) {
      const last = house.energy?.last;
      const day = last ? this.readings('lastDay', house.energy?.series ?? '', last, addDays(last, 1), 'P1D', 0).data?.items[0]?.value : null;
      return last ? html`On ${shortDate(last)} ${last.slice(0, 4)} the house used <b>${day ? `${rounded(day, 2)} kWh` : 'what is not known'}</b>` : html`<b>${house.name}</b>`;
    }
    return parts.flatMap((p) => [p, ' ']);
  }

  private sub(house: House): Part {
    const { used, week } = this.soFar(house);
    const name = weekdayName(this.today());
    const more = used && week ? minus(used, week) : null;
    const than = more ? html`<span>${rounded(magnitude(more), 2)} kWh ${more.startsWith('-') ? 'less' : 'more'} than last ${name} by this time</span>` : nothing;
    const trouble = this.homes.data?.items.find((h) => h.home === house.key)?.trouble;
    const origin = this.context.status.origins.home;
    return html`<span>${moment(this.now(), house.zone)} (${house.zone})</span>${origin ? html`<span>${origin} house</span>` : nothing}${than}${trouble ? html`<span class="warn">${trouble}</span>` : nothing}`;
  }

  private window_(house: House): Window {
    const wanted = this.params.get('power');
    return wanted === 'day' || wanted === 'week' || wanted === 'all' ? wanted : house.live ? 'hour' : 'day';
  }

  private powerCard(house: House): TemplateResult {
    const chosen = this.window_(house);
    const options: (readonly [Window, string])[] = [
      ...(house.live ? ([['hour', '1 h']] as const) : []),
      ...(house.power ? ([['day', '24 h'], ['week', '7 d'], ['all', 'All']] as const) : []),
    ];
    if (options.length === 0) {
      return card({ title: 'Power', cls: 'c9', body: empty('No power is known of this home', 'Only its energy is; see the bars below.') });
    }
    const body = chosen === 'hour' && house.live ? this.liveChart(house) : this.pastChart(house, chosen);
    return html`<section class="card c9 live"><header><h2>Power <span class="q">${this.words(chosen)}, W</span></h2>
      <div class="tools meta">${this.zoomed ? html`<button type="button" class="btn quiet" @click=${() => this.zoom(null)}>Whole range</button>` : nothing}
      ${options.length > 1 ? segments('Range of power', options, chosen, (w) => { this.zoomed = null; go(withParams({ power: w === 'hour' ? null : w })); }) : nothing}</div></header>${body}</section>`;
  }

  private words(w: Window): string {
    return this.zoomed ? span(this.zoomed.from, this.zoomed.to, this.zone()) : { hour: 'last hour', day: '24 hours', week: '7 days', all: 'all there is' }[w];
  }

  private zoom(range: { from: number; to: number } | null): void {
    this.zoomed = range;
    changed();
  }

  private liveChart(house: House): Part {
    return shown(this.hour(house), 150, () => {
      const zone = house.zone;
      const to = Math.ceil(this.now() / 1000) * 1000;
      const from = to - HOUR;
      while (this.points[0] && instant(this.points[0].at) < from - 60_000) {
        this.points.shift();
      }
      const points = this.points.filter((p) => p.powerW !== null && instant(p.at) >= from).map((p) => ({ at: instant(p.at), w: Number(p.powerW), exact: p.powerW as Dec }));
      const line: [number, number | null][] = [];
      const known: { from: number; to: number }[] = [];
      let before = 0;
      for (const p of points) {
        if (before && p.at - before > SILENT) {
          line.push([before + 1, null]);
          known.push({ from: p.at, to: p.at });
        } else {
          known.push({ from: before || p.at, to: p.at });
        }
        line.push([p.at, p.w]);
        before = p.at;
      }
      const last = points.at(-1);
      const highest = points.reduce<(typeof points)[number] | undefined>((a, b) => (a && a.w >= b.w ? a : b), undefined);
      const lowest = points.reduce<(typeof points)[number] | undefined>((a, b) => (a && a.w <= b.w ? a : b), undefined);
      const stale = last && to - last.at > SILENT;
      const chart: TimeChart = {
        from, to, zone, unit: '', ticks: 3, right: [74, 66], axis: (v) => count(v),
        layers: [
          { kind: 'gaps', items: gaps(known, Math.max(from, points[0]?.at ?? to), to, to).filter((g) => g.to - g.from > SILENT) },
          { kind: 'line', color: 'consumption', points: line, area: true, dot: !stale, name: '', value: last ? `${count(last.exact)} W` : '' },
        ],
        stops: points.map((p) => ({ from: p.at, to: p.at, tip: () => ({ title: `${clockWithSeconds(p.at, zone)} ${zoneName(p.at, zone)}`, rows: [['Power', `${count(p.exact)} W`]] }) })),
        label: last && highest && lowest
          ? `Home power over the last hour, now ${count(last.exact)} watts, lowest ${count(lowest.exact)}, highest ${count(highest.exact)} at ${clockAndZone(highest.at, zone)}`
          : 'Home power over the last hour: nothing is known',
        table: { head: ['Time', 'W'], rows: () => points.map((p) => [clockWithSeconds(p.at, zone), count(p.exact)]).reverse() },
      };
      return html`<tw-chart height="150" .chart=${chart}></tw-chart>`;
    }, house.zone, 'power', this.now());
  }

  /** Kept minutes, as many as a picture can show: the smallest and the greatest of each step. */
  private pastChart(house: House, w: Window): Part {
    const power = house.power;
    if (!power) {
      return empty('No minutes are kept of this home yet', 'They come a few minutes after listening begins.');
    }
    const zone = house.zone;
    const end = power.last < this.today() ? midnight(addDays(power.last, 1), zone) : Math.ceil(this.now() / 300_000) * 300_000;
    const whole = { from: w === 'all' ? midnight(power.first, zone) : end - (w === 'week' ? 7 : 1) * DAY, to: end };
    const { from, to } = this.zoomed ?? whole;
    const points = innerWidth < 720 ? 600 : 1600;
    const query = this.ask('bands', [power.series, from, to, points].join(' '), () => new Query<Bands>(
      (s) => get(`series/${inPath(power.series)}/readings`, { from: new Date(from).toISOString(), to: new Date(to).toISOString(), points }, s), 0));
    return shown(query, 150, (d) => {
      const bands = d.items.map((b) => ({ from: instant(b.start), to: instant(b.end), low: Number(b.min), high: Number(b.max), band: b }));
      const flat = bands.every((b) => b.low === b.high);
      const line: [number, number | null][] = [];
      let before = 0;
      for (const b of bands) {
        if (before && b.from > before + 1000) {
          line.push([before, null]);
        }
        const middle = (b.from + b.to) / 2;
        line.push([middle, b.high]);
        if (!flat) {
          line.push([middle, b.low]);
        }
        before = b.to;
      }
      const layers: Layer[] = [
        { kind: 'gaps', items: gaps(bands, from, to, this.now()) },
        { kind: 'line', color: 'consumption', points: line, area: flat, thin: !flat },
      ];
      const highest = bands.reduce<(typeof bands)[number] | undefined>((a, b) => (a && a.high >= b.high ? a : b), undefined);
      const chart: TimeChart = {
        from, to, zone, unit: '', ticks: 3, right: [18, 14], axis: (v) => count(v), layers,
        stops: bands.map((b) => ({
          from: b.from, to: b.to,
          tip: () => ({ title: span(b.from, b.to, zone), rows: b.low === b.high ? [['Power', `${count(b.band.max)} W`]] : [['Highest', `${count(b.band.max)} W`], ['Lowest', `${count(b.band.min)} W`]] }),
        })),
        label: highest ? `Home power, ${span(from, to, zone)}, highest ${count(highest.band.max)} watts` : 'Home power: nothing is known of this time',
        table: { head: ['Time', 'Lowest W', 'Highest W'], rows: () => bands.map((b) => [span(b.from, b.to, zone), count(b.band.min), count(b.band.max)]) },
        zoom: (a, b) => this.zoom({ from: a, to: b }),
      };
      return html`<tw-chart height="150" .chart=${chart}></tw-chart>
        <p class="meta">${flat ? 'means of minutes' : `min and max per ${this.inWords(d.every)}`} · drag across to look closer</p>`;
    }, zone, 'power', this.now());
  }

  private inWords(every: string): string {
    return every.replace(/^PT?/, '').toLowerCase().replace(/(\d)([a-z])/, '$1 $2').replace(/m$/, 'min');
  }

  private nowCard(house: House): TemplateResult {
    const currency = this.currency(house);
    const price = house.price;
    const iso = (at: number): string => new Date(at).toISOString();
    const quarter = Math.floor(this.now() / 900_000) * 900_000;
    const now = price
      ? this.ask('priceNow', `${price.series} ${quarter}`, () => new Query<Readings>((s) => get(`series/${inPath(price.series)}/readings`, { from: iso(quarter - HOUR), to: iso(quarter + HOUR) }, s), 0))
      : undefined;
    const current = now?.data?.items.find((r) => instant(r.start) <= this.now() && instant(r.end) > this.now());
    const minute = Math.floor(this.now() / 60_000) * 60_000;
    const lastHour = house.energy ? this.readings('lastHour', house.energy.series, iso(minute - HOUR), iso(minute), 'P1D', 0, true) : undefined;
    const items = lastHour?.data?.items ?? [];
    return card({
      title: 'Now', cls: 'c3',
      body: html`<dl class="stackfacts">
        ${fact(current ? `Price until ${clockAndZone(instant(current.end), house.zone).slice(0, 5)}` : 'Price', !current?.value ? html`<span class="old">not known</span>` : unit(perMwh(current.value), `${unitOf(currency)}/kWh`))}
        ${this.rate(house, current)}
        ${fact('Last hour', items.length === 1 && items[0]?.value ? unit(rounded(items[0].value, 3), `kWh${Number(items[0].missingSeconds ?? 0) > DAY / 1000 - 3600 + 60 ? ', in part' : ''}`) : items.length > 1 ? html`<span class="old">over midnight</span>` : html`<span class="old">not known</span>`)}
      </dl>`,
    });
  }

  /** What it costs to go on like this. */
  private rate(house: House, price: Reading | undefined): Part {
    const latest = this.latest(house);
    const known = latest?.powerW && price?.value && this.now() - instant(latest.at) <= SILENT;
    // W times money per MWh is a millionth of money per hour.
    return fact('Costs at this rate', known ? unit(rounded(shift(times(latest.powerW as Dec, price.value as Dec), -6), 2), `${unitOf(this.currency(house))}/h`) : html`<span class="old">not known</span>`);
  }

  // Energy in steps.

  private barsCard(house: House): TemplateResult {
    const step = this.chosenStep();
    const date = this.date();
    const { from, to } = this.range();
    const title = step === 'day' ? `${monthName(date)} ${date.slice(0, 4)}` : step === 'month' ? date.slice(0, 4) : longDate(date);
    const next = this.range(step, this.moved_(1)).from <= this.today();
    const energy = house.energy;
    const before = this.earlier(from, to);
    return html`<section class="card c12 bars"><header>
        <h2 class="vh">Energy</h2>
        ${stepper(STEPS[step].of, title, () => this.step(-1), next ? () => this.step(1) : null)}
        ${segments('Step', (Object.keys(STEPS) as Step[]).map((s) => [s, STEPS[s].text] as const), step, (s) => go(withParams({ step: s === 'hour' ? null : s })))}
        <div class="tools"><span class="key wide"><span><i class="sw used"></i>used</span><span><i class="sw est"></i>estimated</span><span><i class="sw tick"></i>${before.name}</span></span>
          ${energy ? this.exports(energy, from, to, STEPS[step].every) : nothing}</div>
      </header>
      ${energy ? this.bars(house, energy, step, from, to) : empty('No energy is known of this home', 'It comes with the first reads of its register.')}
    </section>`;
  }

  /** The same day last week, and the month or year before. */
  private earlier(from: string, to: string): { from: string; to: string; name: string } {
    const step = this.chosenStep();
    if (step === 'day') {
      const first = addMonths(from, -1);
      return { from: first, to: from, name: `${monthName(first)} ${first.slice(0, 4)}` };
    }
    if (step === 'month') {
      return { from: addMonths(from, -12), to: from, name: addMonths(from, -12).slice(0, 4) };
    }
    return { from: addDays(from, -7), to: addDays(to, -7), name: shortDate(addDays(from, -7)) };
  }

  private exports(energy: Series, from: string, to: string, every: string): TemplateResult {
    return html`<span class="meta">Export view</span><div class="seg" role="group" aria-label="Export what is shown">${FORMATS.map((f) => html`<button type="button" class=${f === 'html' || f === 'parquet' ? 'wide' : ''} title="Save what is shown as ${f.toUpperCase()}" @click=${() => this.export(energy, from, to, every, f)}>${f === 'parquet' ? 'Parquet' : f.toUpperCase()}</button>`)}</div>
      ${this.exporting ? html`<span class="bad" role="alert">${this.exporting}</span>` : nothing}`;
  }

  private export(energy: Series, from: string, to: string, every: string, format: string): void {
    this.exporting = '';
    const url = address(`series/${inPath(energy.series)}/readings`, { from, to, every, format });
    save(url, `${energy.series.replaceAll('/', '-')}-${from}.${format}`).catch((e: unknown) => {
      this.exporting = e instanceof Error ? e.message : String(e);
      changed();
    });
  }

  private bars(house: House, energy: Series, step: Step, from: string, to: string): Part {
    const zone = house.zone;
    const every = STEPS[step].every;
    const now = this.now();
    const running = to > this.today();
    const often = running ? NOW_AND_THEN : 0;
    const used = this.readings('bars', energy.series, from, to, every, often);
    const before = this.earlier(from, to);
    const earlier = this.readings('earlier', energy.series, before.from, before.to, every, 0);
    const cost = house.cost ? this.readings('cost', house.cost.series, from, to, every, often) : undefined;
    const price = house.price && step !== 'day' && step !== 'month'
      ? this.ask('price', `${house.price.series} ${from} ${to}`, () => new Query<Readings>((s) => get(`series/${inPath(house.price?.series ?? '')}/readings`, { from, to }, s), 300_000))
      : undefined;
    // Sums over what is shown are the server's own.
    const whole = step === 'month' ? 'P1M' : step === 'day' ? 'P1M' : 'P1D';
    const sums = this.readings('sum', energy.series, from, to, whole, often);
    const costs = house.cost ? this.readings('costSum', house.cost.series, from, to, whole, often) : undefined;
    return shown(used, 330, (d) => {
      const start = midnight(from, zone);
      const end = midnight(to, zone);
      const known = d.items.filter((r) => r.value !== null);
      const costOf = new Map((cost?.data?.items ?? []).map((r) => [instant(r.start), r.value]));
      const priceOf = price?.data?.items ?? [];
      const then = this.aligned(earlier.data?.items ?? [], d.items, step, from, before.from, zone);
      const items = d.items.map((r) => ({
        from: instant(r.start), to: instant(r.end), value: num(r.value), estimated: r.quality === 'ESTIMATED' || r.quality === 'SUBSTITUTED',
        running: instant(r.start) <= now && instant(r.end) > now, reading: r,
      }));
      const stops: Stop[] = items.map((i) => ({
        from: i.from, to: i.to,
        tip: () => ({
          title: step === 'day' ? longDate(dateOf(i.from, zone)) : step === 'month' ? `${monthName(dateOf(i.from, zone))} ${dateOf(i.from, zone).slice(0, 4)}` : span(i.from, i.to, zone),
          rows: [
            [`Used${i.estimated ? ', estimated' : ''}${i.running ? ', so far' : ''}`, i.reading.value === null ? 'no data' : `${exact(i.reading.value)} kWh`],
            ...(i.reading.meanW ? [['Mean power', `${count(i.reading.meanW)} W`] as [string, string]] : []),
            ...(costOf.get(i.from) ? [['Cost', money(costOf.get(i.from) as Dec, this.currency(house))] as [string, string]] : []),
            ...(then.get(i.from) ? [[before.name, `${exact(then.get(i.from)?.value ?? ('0' as Dec))} kWh`] as [string, string]] : []),
          ],
        }),
      }));
      const chart: TimeChart = {
        from: start, to: end, zone, unit: 'kWh', ticks: 3, left: 46, right: [16, 14], bare: (price?.data?.items.length ?? 0) > 0, axis: (v) => rounded(v, v >= 10 || Number.isInteger(v) ? 0 : v < 0.1 ? 2 : 1),
        layers: [
          { kind: 'gaps', items: gaps(known.map((r) => ({ from: instant(r.start), to: instant(r.end) })), Math.max(start, midnight(energy.first, zone)), Math.min(end, now), now) },
          { kind: 'bars', color: 'consumption', items },
          { kind: 'ticks', color: 'net', items: [...then.entries()].map(([at, r]) => ({ from: at, to: at + (instant(r.end) - instant(r.start)), value: num(r.value) })) },
        ],
        stops,
        label: `Energy used, ${step === 'hour' || step === '5min' ? longDate(from) : `${from} to ${to}`}, by ${STEPS[step].text.toLowerCase()}, beside ${before.name}. ${d.items.length - known.length} of ${d.items.length} are not known.`,
        table: {
          head: ['Time', 'kWh', 'Quality', ...(house.cost ? [this.currency(house)] : []), before.name + ', kWh'],
          rows: () => items.map((i) => [
            span(i.from, i.to, zone), i.reading.value === null ? 'no data' : exact(i.reading.value), i.reading.quality.toLowerCase(),
            ...(house.cost ? [costOf.get(i.from) ? rounded(costOf.get(i.from) as Dec, 2) : 'not known'] : []), then.get(i.from)?.value ? exact(then.get(i.from)?.value as Dec) : 'not known',
          ]),
        },
      };
      if (known.length === 0 && !running) {
        const nearest = energy.last < from ? energy.last : energy.first;
        return html`<tw-chart height="190" .chart=${chart}></tw-chart><div class="foot"><span>No readings of this time. <a href=${withParams({ date: nearest })}>Go to ${longDate(nearest)}</a></span></div>`;
      }
      return html`<tw-chart height="190" taller .chart=${chart}></tw-chart>
        ${priceOf.length > 0 ? html`<tw-chart height="76" .chart=${this.priceChart(priceOf, start, end, house)}></tw-chart>` : nothing}
        ${this.sums(house, sums.data?.items ?? [], costs?.data?.items ?? [], items, earlier.data?.items ?? [], before.name)}`;
    }, zone, 'energy', now);
  }

  /** Steps of then beside those of now: by their time of day, day of month, or month. */
  private aligned(then: Reading[], now: Reading[], step: Step, from: string, thenFrom: string, zone: string): Map<number, Reading> {
    const place = (r: Reading, first: string): string => {
      const at = instant(r.start);
      const date = dateOf(at, zone);
      return step === 'day' ? date.slice(8) : step === 'month' ? date.slice(5, 7) : `${date === first ? '' : date} ${clockWithSeconds(at, zone)}`;
    };
    const known = new Map<string, Reading>();
    for (const r of then) {
      const p = place(r, thenFrom);
      if (r.value !== null && !known.has(p)) {
        known.set(p, r);
      }
    }
    const all = new Map<number, Reading>();
    const full = new Set<string>();
    for (const r of now) {
      const p = place(r, from);
      const other = known.get(p);
      if (other && !full.has(p)) {
        all.set(instant(r.start), other);
        full.add(p);
      }
    }
    // What is still to come today is there already of last week.
    if (step === 'hour' || step === '5min') {
      const shift = midnight(from, zone) - midnight(thenFrom, zone);
      for (const [p, r] of known) {
        if (!full.has(p)) {
          const at = instant(r.start) + shift;
          if (dateOf(at, zone) === from) {
            all.set(at, r);
          }
        }
      }
    }
    return all;
  }

  private priceChart(items: Reading[], from: number, to: number, house: House): TimeChart {
    const zone = house.zone;
    const currency = this.currency(house);
    const spans = items.map((r) => ({ from: instant(r.start), to: Math.min(to, instant(r.end)), value: r.value === null ? null : Number(r.value) / 1000, reading: r }));
    return {
      from, to, zone, unit: '', ticks: 2, left: 46, right: [16, 14], axis: (v) => rounded(v, 1),
      layers: [{ kind: 'steps', color: 'price', items: spans, name: `Price, ${unitOf(currency)}/kWh`, labelAt: Math.min(8, spans.length - 1) }],
      stops: spans.map((s) => ({ from: s.from, to: s.to, tip: () => ({ title: span(s.from, s.to, zone), rows: [['Price', s.reading.value === null ? 'not known' : `${perMwh(s.reading.value)} ${unitOf(currency)}/kWh`]] }) })),
      label: `Price in each interval, ${unitOf(currency)} per kWh`,
      table: { head: ['Time', `${currency}/kWh`], rows: () => spans.map((s) => [span(s.from, s.to, zone), s.reading.value === null ? 'not known' : perMwh(s.reading.value)]) },
    };
  }

  private sums(
    house: House, used: Reading[], costs: Reading[], items: { estimated: boolean; value: number | null }[], earlier: Reading[], name: string,
  ): TemplateResult {
    const one = used.length === 1 ? used[0] : undefined;
    const all = sum(used);
    const cost = sum(costs);
    const then = sum(earlier);
    const estimated = items.filter((i) => i.estimated && i.value !== null).length;
    return html`<dl class="facts ruled">
      ${fact('Used', all ? unit(rounded(all, 3), 'kWh') : html`<span class="old">not known</span>`)}
      ${house.cost ? fact('Cost', cost ? unit(rounded(cost, 2), unitOf(this.currency(house))) : html`<span class="old">not known</span>`) : nothing}
      ${one?.meanW ? fact('Mean power', unit(count(one.meanW), 'W')) : nothing}
      ${fact('Estimated', estimated === 0 ? 'none' : `${estimated} of ${items.length}`)}
      ${then ? fact(`${name}, whole`, unit(rounded(then, 3), 'kWh')) : nothing}
    </dl>`;
  }
}

/** The exact sum of what is known; null where nothing is. */
function sum(readings: Reading[]): Dec | null {
  return readings.reduce<Dec | null>((all, r) => (r.value === null ? all : all === null ? r.value : plus(all, r.value)), null);
}

/** A price per MWh as one per kWh: three decimals, by moving the point. */
function perMwh(price: Dec): string {
  return rounded(shift(price, -3), 3);
}

function unitOf(currency: string): string {
  return ['SEK', 'NOK', 'DKK'].includes(currency) ? 'kr' : currency === 'GBP' ? '£' : currency === 'EUR' ? '€' : currency;
}
