import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { get, getAll, type Page as ListPage } from '../api';
import { flowName, nameOfSource, thingName } from '../names';
import { count, energyScale, exact, magnitude, money, num, percent, rounded, scaled, signed, type Dec } from '../numbers';
import { Page } from '../page';
import { Query } from '../query';
import { href } from '../route';
import { addDays, age, brief, clock, dateOf, duration, instant, longDate, midnight, moment, rhythm, shortDate, weekdayName } from '../time';
import type { Anomaly, Balances, Border, Delivery, Home, HomeHour, Latest, Price, Readings, Sources, Total } from '../types';
import { ago, card, empty, row, shown, triangle, unit, type Part } from '../view';
import { Live } from '../live';

const OFTEN = 10_000;
const NOW_AND_THEN = 30_000;
const SELDOM = 300_000;


interface House {
  home: Home;
  today: Dec | null;
  cost: Dec | null;
  currency: string;
  week: Dec | null;
}

/** Is all well, what happens? */
export class NowPage extends Page {
  readonly name = 'now' as const;
  readonly kinds = ['home', 'site', 'meter', 'border'] as const as never;

  private readonly flows = new Query<Latest>((s) => get('flows/latest', {}, s), OFTEN);
  private readonly prices = new Query<ListPage<Price>>(
    (s) => get('prices', { zone: 'GB', from: new Date(this.now() - 86_400_000).toISOString(), limit: 1000 }, s), SELDOM);
  private readonly homes = new Query<ListPage<Home>>((s) => get('homes', {}, s), OFTEN);
  private readonly sources = new Query<Sources>((s) => get('sources', {}, s), OFTEN);
  private readonly files = new Query<ListPage<Delivery>>((s) => get('files', { limit: 5 }, s), OFTEN);
  private readonly meters = new Query<{ items: Total[] }>(
    (s) => get('consumption/daily', { from: addDays(this.today(), -400) }, s), NOW_AND_THEN);
  private readonly findings = new Query<Anomaly[]>(
    (s) => getAll('anomalies', { from: this.today() }, s, 1000), NOW_AND_THEN);
  private readonly sites = new Query<Balances>(
    (s) => get('records/sums', { from: this.today(), to: addDays(this.today(), 1), every: 'PT30M' }, s), NOW_AND_THEN);

  private readonly events: Live;

  constructor(context: ConstructorParameters<typeof Page>[0]) {
    super(context);
    this.events = new Live('live', () => this.flows.soon());
  }

  override end(): void {
    super.end();
    this.events.end();
    for (const q of [this.flows, this.prices, this.homes, this.sources, this.files, this.meters, this.findings, this.sites]) {
      q.end();
    }
  }

  zone(): string {
    return this.context.status.zone === 'UTC' ? this.sites.data?.zone ?? this.lastTotal()?.zone.replace('mixed', 'UTC') ?? 'UTC' : this.context.status.zone;
  }

  private today(): string {
    return dateOf(this.now(), this.context.status.zone);
  }

  private lastTotal(): Total | undefined {
    return this.meters.data?.items.findLast((t) => Number(t.meters) > 0);
  }

  private home(): Home | undefined {
    return this.homes.data?.items.find((h) => h.latest);
  }

  /** What flows into Great Britain in all, and of how many borders that is known. */
  private net(): { known: Border[]; all: Dec; mw: Dec } | null {
    const latest = this.flows.data;
    if (!latest || latest.net.mw === null) {
      return null;
    }
    return { known: latest.items.filter((b) => b.mw !== null), all: latest.net.borders, mw: latest.net.mw };
  }

  private price(): Price | undefined {
    const now = this.now();
    return this.prices.data?.items.findLast((p) => instant(p.start) <= now);
  }

  render(): TemplateResult {
    return html`<div class="head">
        <h1 class="answer">${this.answer()}</h1>
        <p class="sub dot-sep">${this.sub()}</p>
      </div>
      <div class="grid">${this.cards()}</div>
      <div class="grid">${this.findingsCard()}${this.filesCard()}${this.freshnessCard()}</div>`;
  }

  private answer(): Part {
    const parts: Part[] = [];
    const home = this.home();
    if (home?.latest?.powerW) {
      parts.push(html`Home draws <b>${count(home.latest.powerW)} W</b>`);
    }
    const net = this.net();
    if (net && !net.known.some((b) => b.stale)) {
      parts.push(html`Great Britain ${net.mw.startsWith('-') ? 'gives out' : 'takes in'} <b>${count(magnitude(net.mw))} MW</b>`);
    }
    const sites = this.sites.data?.total.net;
    if (sites) {
      const scale = energyScale(Number(sites));
      parts.push(html`sites are <b>${rounded(scaled(magnitude(sites), scale), 2)} ${scale.unit}</b> ${Number(sites) < 0 ? 'behind' : 'ahead'}`);
    }
    const total = this.lastTotal();
    if (parts.length < 2 && total) {
      const scale = energyScale(Number(total.total));
      parts.push(html`meters used <b>${rounded(scaled(total.total, scale), scale.places ? 2 : 0)} ${scale.unit}</b> on ${shortDate(total.date)}`);
    }
    if (parts.length === 0) {
      return this.settled() ? html`Nothing <b>came in</b> yet: drop a meter file on <a href=${href('files')}>Files</a>` : html`&nbsp;`;
    }
    return parts.flatMap((p, i) => (i === 0 ? [p] : [', ', p]));
  }

  private settled(): boolean {
    return [this.flows, this.homes, this.sites, this.meters].every((q) => q.data !== undefined || q.error !== undefined);
  }

  private sub(): Part {
    const sources = this.sources.data?.items ?? [];
    const late = sources.flatMap((s) => (s.late ? [{ name: nameOfSource(s), newest: s.newest }] : s.lateParts.map((p) => ({ name: p.name, newest: p.newest }))));
    const onTime = sources.filter((s) => !s.late).length;
    const worst = late[0];
    return html`<span>${moment(this.now(), this.zone())}</span>
      ${sources.length > 0 ? html`<span>${onTime} of ${sources.length} sources on time</span>` : nothing}
      ${worst ? html`<span class="warn">${worst.name}: nothing since ${worst.newest ? brief(instant(worst.newest), this.zone(), this.now()) : 'ever'}${late.length > 1 ? `, and ${late.length - 1} more` : ''}</span>` : nothing}`;
  }

  /** Cards of which nothing is there come last. */
  private cards(): Part {
    const all = [
      { there: this.homes.data ? this.homes.data.items.length > 0 : true, card: this.homeCard() },
      { there: true, card: this.cablesCard() },
      { there: this.sites.data ? this.sites.data.sites.length > 0 : true, card: this.sitesCard() },
      { there: this.meters.data ? this.lastTotal() !== undefined : true, card: this.metersCard() },
    ];
    return [...all.filter((c) => c.there), ...all.filter((c) => !c.there)].map((c) => c.card);
  }

  private originOf(kind: 'home' | 'site' | 'meter' | 'border'): string | null {
    return this.context.status.origins[kind];
  }

  private homeCard(): TemplateResult {
    const title = html`<a href=${href('home')}>Home</a>`;
    const home = this.homes.data?.items[0];
    if (this.homes.data && !home) {
      return card({
        title, sub: 'power', cls: 'c3',
        body: empty('No home meter is listened to', 'Set tallywatt.tibber-token, post readings, or take in the file of a recorder.', html`<a class="btn" href=${href('home')}>How to connect</a>`),
      });
    }
    const house = home ? this.house(home) : undefined;
    const at = home?.latest ? instant(home.latest.at) : 0;
    const old = home?.latest ? this.now() - at > 60_000 : false;
    return card({
      title, sub: 'power', cls: 'c3',
      meta: html`${this.originOf('home') ? html`${this.originOf('home')} · ` : nothing}${home?.latest ? ago(at, this.now(), home.zone) : nothing}`,
      body: shown(this.homes, 250, () => {
        if (!home) {
          return nothing;
        }
        const w = home.latest?.powerW;
        return html`<p class="hero ${old ? 'old' : ''}">${w ? unit(count(w), 'W') : 'not known'}</p>
          ${this.powerSpark(home)}
          <div class="foot">
            ${row('Today so far', home.latest?.todayKwh ? `${rounded(home.latest.todayKwh, 2)} kWh` : house?.data?.today ? `${rounded(house.data.today, 2)} kWh` : 'not known')}
            ${row('Cost', house?.data?.cost ? money(house.data.cost, house.data.currency) : 'not known')}
            ${row(`Last ${weekdayName(dateOf(this.now(), home.zone))} by now`, house?.data?.week ? `${rounded(house.data.week, 2)} kWh` : 'not known')}
          </div>
          ${home.trouble ? html`<div class="note"><i class="dot late"></i><span>${home.trouble}</span></div>` : nothing}`;
      }, home?.zone ?? this.zone(), 'the home', this.now()),
    });
  }

  private house(home: Home): Query<House> {
    return this.ask('house', home.home, () => new Query<House>(async (signal) => {
      const zone = home.zone;
      const now = this.now();
      const today = midnight(dateOf(now, zone), zone);
      const then = midnight(addDays(dateOf(now, zone), -7), zone);
      const minute = Math.floor(now / 300_000) * 300_000;
      const iso = (at: number): string => new Date(at).toISOString();
      const sum = async (quantity: string, from: number, to: number): Promise<[Dec | null, string]> => {
        try {
          const got = await get<Readings>(`series/home/${encodeURIComponent(home.home)}/${quantity}/readings`, { from: iso(from), to: iso(to), every: 'P1D' }, signal);
          return [got.items[0]?.value ?? null, got.unit];
        } catch {
          return [null, ''];
        }
      };
      const [[used], [cost, currency], [week]] = await Promise.all([
        sum('consumption', today, minute), sum('cost', today, minute), sum('consumption', then, then + (minute - today)),
      ]);
      return { home, today: used, cost, currency, week };
    }, NOW_AND_THEN));
  }

  private powerSpark(home: Home): TemplateResult {
    const hour = this.ask('hour', home.home, () => new Query<HomeHour>((s) => get(`homes/${encodeURIComponent(home.home)}/power`, {}, s), OFTEN));
    const points = hour.data?.items.filter((p) => p.powerW !== null) ?? [];
    const end = this.now();
    const begin = end - 3_600_000;
    const most = Math.max(500, ...points.map((p) => Number(p.powerW)));
    const x = (at: number): number => ((at - begin) / 3_600_000) * 250;
    const y = (w: number): number => 58 - (w / most) * 52;
    let line = '';
    let last = 0;
    for (const p of points) {
      const at = instant(p.at);
      if (at >= begin) {
        line += `${line === '' || at - last > 60_000 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(Number(p.powerW)).toFixed(1)}`;
        last = at;
      }
    }
    const highest = points.reduce<typeof points[number] | undefined>((a, b) => (a && Number(a.powerW) >= Number(b.powerW) ? a : b), undefined);
    const label = highest ? `Home power over the last hour, highest ${count(highest.powerW ?? ('0' as Dec))} watts` : 'Home power over the last hour';
    return html`<div class="sparkbox"><svg class="spark" viewBox="0 0 250 60" height="60" preserveAspectRatio="none" role="img" aria-label=${label}>
        ${line ? svg`<path d=${line} style="fill:none;stroke:var(--consumption);stroke-width:2" vector-effect="non-scaling-stroke" stroke-linejoin="round"/>` : nothing}
      </svg><div class="sparkfoot"><span>one hour ago</span>${highest ? html`<span>highest ${count(highest.powerW ?? ('0' as Dec))} W</span>` : nothing}<span>now</span></div></div>`;
  }

  private cablesCard(): TemplateResult {
    const price = this.price();
    const latest = this.flows.data;
    const newest = latest ? Math.max(0, ...latest.items.map((b) => (b.end ? instant(b.end) : 0))) : 0;
    const origin = this.originOf('border');
    return card({
      title: html`<a href=${href('grid')}>Cables</a>`, sub: 'net into GB', cls: 'c3',
      meta: origin && newest ? `recorded ${longDate(dateOf(newest, 'Europe/London')).slice(4)}` : newest ? ago(newest, this.now(), this.zone()) : nothing,
      body: shown(this.flows, 250, (data) => {
        const net = this.net();
        if (!net) {
          return empty('Nothing is known of the cables', 'A server asks Elexon every five minutes; the first values come a moment after it starts.');
        }
        const stale = net.known.some((b) => b.stale);
        const least = Math.min(0, ...net.known.map((b) => Number(b.mw)));
        const most = Math.max(1, ...net.known.map((b) => Number(b.mw)));
        const room = most - least;
        return html`<p class="hero ${stale ? 'old' : ''}">${unit(signed(net.mw, 0), 'MW')}</p>
          <div class="diverging" role="list" aria-label="Flow by border">${data.items.map((b) => this.borderBar(b, least, room))}</div>
          <div class="foot">${net.known.length < Number(net.all) ? row('Known', `${net.known.length} of ${net.all} borders`) : nothing}
          ${row(`Price, GB ${price?.market ?? ''}`.trim(), price ? `${money(price.price, price.unit.split('/')[0] ?? '')}/MWh` : 'not known')}</div>`;
      }, this.zone(), 'flows', this.now()),
    });
  }

  private borderBar(b: Border, least: number, room: number): TemplateResult {
    const mw = num(b.mw);
    const zero = (-least / room) * 100;
    const size = mw === null ? 0 : (Math.abs(mw) / room) * 100;
    const into = (mw ?? 0) > 0;
    const name = flowName(b.from);
    return html`<div class="dv" role="listitem" title=${b.direction}><span>${name}</span>
      <span class="track">${mw === null
        ? html`<i class="unknown"></i>`
        : html`<i style="left:${into ? zero : zero - size}%;width:${size}%;background:var(--${into ? 'import' : 'export'})"></i><i class="zero" style="left:${zero}%"></i>`}</span>
      <b class=${mw === null ? 'old' : into ? 'into' : 'out'}>${mw === null || b.mw === null ? 'not known' : signed(b.mw, 0)}</b></div>`;
  }

  private sitesCard(): TemplateResult {
    const origin = this.originOf('site');
    const source = this.sources.data?.items.find((s) => s.source === 'sites');
    return card({
      title: html`<a href=${href('sites')}>Sites</a>`, sub: 'net today', cls: 'c3', meta: origin ?? (source ? ago(instant(source.newest), this.now(), this.zone()) : nothing),
      body: shown(this.sites, 250, (data) => {
        if (data.sites.length === 0) {
          return source
            ? empty('Nothing today', html`The last record is of ${brief(instant(source.newest), this.zone(), this.now())}.`, html`<a class="btn" href=${href('sites', { date: dateOf(instant(source.newest) - 1, data.zone) })}>Go there</a>`)
            : empty('No site yet', 'Put the files of sites into the inbox, or try tallywatt simulate.');
        }
        const scale = energyScale(Math.max(Math.abs(Number(data.total.generated ?? 0)), Math.abs(Number(data.total.consumed ?? 0))));
        const show = (v: Dec | null): string => (v === null ? 'not known' : `${rounded(scaled(v, scale), 2)} ${scale.unit}`);
        const net = data.total.net;
        return html`<p class="hero">${net === null ? 'not known' : unit(signed(scaled(net, scale), 2), scale.unit)}</p>
          ${this.sitesSpark(data)}
          <div class="foot">${row('Generated', show(data.total.generated))}${row('Consumed', show(data.total.consumed))}
            ${source ? row('Sites reporting', `${Number(source.parts) - source.lateParts.length} of ${source.parts}`) : nothing}</div>`;
      }, this.zone(), 'sites', this.now()),
    });
  }

  private sitesSpark(data: Balances): TemplateResult {
    const zone = data.zone;
    const begin = midnight(dateOf(instant(data.items[0]?.start ?? data.sites[0]?.last ?? new Date(this.now()).toISOString()), zone), zone);
    const end = midnight(addDays(dateOf(begin, zone), 1), zone);
    const most = Math.max(0.001, ...data.items.flatMap((i) => [Number(i.generated ?? 0), Number(i.consumed ?? 0)]));
    const x = (at: number): number => ((at - begin) / (end - begin)) * 250;
    const y = (v: number): number => 58 - (Math.max(0, v) / most) * 52;
    const line = (pick: (i: Balances['items'][number]) => Dec | null): string => {
      let d = '';
      let last = 0;
      for (const i of data.items) {
        const v = num(pick(i));
        if (v !== null) {
          const from = instant(i.start);
          d += `${from > last + 1000 ? 'M' : 'L'}${x(from).toFixed(1)} ${y(v).toFixed(1)}L${x(instant(i.end)).toFixed(1)} ${y(v).toFixed(1)}`;
          last = instant(i.end);
        }
      }
      return d;
    };
    return html`<div class="sparkbox"><svg class="spark" viewBox="0 0 250 60" height="60" preserveAspectRatio="none" role="img" aria-label="Generation and consumption of all sites today">
        ${svg`<path d=${line((i) => i.generated)} style="fill:none;stroke:var(--generation);stroke-width:2" vector-effect="non-scaling-stroke"/><path d=${line((i) => i.consumed)} style="fill:none;stroke:var(--consumption);stroke-width:2" vector-effect="non-scaling-stroke"/>`}
      </svg><div class="sparkfoot"><span>${clock(begin, zone)}</span><span class="key"><span><i class="sw" style="background:var(--generation)"></i>generated</span><span><i class="sw used"></i>consumed</span></span><span>24:00</span></div></div>`;
  }

  private metersCard(): TemplateResult {
    const total = this.lastTotal();
    const title = html`<a href=${href('meters', total ? { date: total.date } : {})}>Meters</a>`;
    return card({
      title, sub: 'mean per meter', cls: 'c3',
      meta: html`${this.originOf('meter') ? html`${this.originOf('meter')} · ` : nothing}${total ? shortDate(total.date).slice(4) : nothing}`,
      body: shown(this.meters, 250, () => {
        if (!total) {
          return empty('No meter file yet', 'Drop one on the page of files; CSV of any layout, NEM12 and others are read.', html`<a class="btn main" href=${href('files')}>Add files</a>`);
        }
        const q = total.quality;
        const expected = Number(q.expected);
        return html`${this.average(total)}${qualityBar(total)}
          <div class="key">
            <span><i class="sw used"></i>${percent(Number(q.actual), expected)} actual</span>
            ${Number(q.estimated) > 0 ? html`<span><i class="sw est"></i>${percent(Number(q.estimated), expected)} est.</span>` : nothing}
            ${Number(q.invalid) > 0 ? html`<span><i class="sw inv"></i>${count(q.invalid)} invalid</span>` : nothing}
            ${Number(q.missing) > 0 ? html`<span><i class="sw mis"></i>${count(q.missing)} missing</span>` : nothing}
          </div>
          <div class="foot">${row('Total', `${exact(total.total)} kWh`)}${row('Meters with a reading', count(total.meters))}
            ${Number(total.silent) > 0 ? row('Silent', count(total.silent)) : nothing}
            ${total.knownAt ? row('Known since', brief(instant(total.knownAt), this.zone(), this.now())) : nothing}</div>`;
      }, this.zone(), 'totals', this.now()),
    });
  }

  /** The server's own division: a page does none. */
  private average(total: Total): TemplateResult {
    const average = this.ask('average', total.date + total.knownAt, () => new Query<Total>((s) => get(`consumption/average/${total.date}`, {}, s)));
    return html`<p class="hero">${average.data?.average ? unit(rounded(average.data.average, 3), 'kWh') : html`&nbsp;`}</p>`;
  }

  private findingsCard(): TemplateResult {
    const all = this.findings.data;
    const open = all ? [...all].sort((a, b) => instant(b.start) - instant(a.start)) : [];
    const url = href('sites');
    return card({
      title: html`<a href=${url}>Findings today</a>`, sub: all ? (all.length === 0 ? 'none' : `${all.length >= 1000 ? 'over 1,000' : all.length}, newest first`) : undefined, cls: 'c5',
      meta: open.length > 4 ? html`<a href=${url}>all ${open.length >= 1000 ? '' : open.length}</a>` : nothing,
      body: shown(this.findings, 210, () => (open.length === 0
        ? empty('Nothing is out of order', 'Readings of sites and flows are judged as they come in.')
        : html`<ul class="find">${open.slice(0, 4).map((f) => html`<li>${triangle(f.severity === 'CRITICAL', f.severity === 'CRITICAL' ? 'critical' : f.severity === 'WARNING' ? 'warning' : 'for information')}
            <span><b>${thingName(f.series)}</b><span class="what" title="${f.observed}; expected ${f.expected}">${sentence(f.rule)}: ${f.observed}${f.expected ? `; expected ${f.expected}` : ''}</span></span>
            <span class="meta">${brief(instant(f.start), this.zone(), this.now())}</span></li>`)}</ul>`), this.zone(), 'findings', this.now()),
    });
  }

  private filesCard(): TemplateResult {
    return card({
      title: html`<a href=${href('files')}>Last files</a>`, cls: 'c3', meta: html`<a href=${href('files')}>ledger</a>`,
      body: shown(this.files, 210, (data) => (data.items.length === 0
        ? empty('No file yet', 'Whatever comes in is listed here.', html`<a class="btn main" href=${href('files')}>Add files</a>`)
        : html`<ul class="file">${data.items.slice(0, 4).map((f) => html`<li><b title=${f.name}>${f.name}</b><span>${count(f.counts.rows)} ${f.counts.rows === '1' ? 'row' : 'rows'} · ${f.state === 'quarantined'
          ? html`<span class="bad">dead letter</span>`
          : Number(f.counts.rejected) > 0 ? html`<span class="warn">${count(f.counts.rejected)} rejected</span>` : f.state} · ${brief(instant(f.receivedAt), this.zone(), this.now())}</span></li>`)}</ul>`), this.zone(), 'files', this.now()),
    });
  }

  private freshnessCard(): TemplateResult {
    return card({
      title: 'Freshness', sub: 'age of the last value', cls: 'c4',
      body: shown(this.sources, 210, (data) => {
        if (data.items.length === 0) {
          return empty('No source yet', 'Once something comes in, it says here how old it is.');
        }
        const rows = data.items.flatMap((s) => [
          { name: nameOfSource(s), newest: s.newest as string | null, late: s.late, every: duration(s.every) },
          ...(s.late ? [] : s.lateParts.slice(0, 2).map((p) => ({ name: `${nameOfSource(s).split(',')[0]}, ${p.name}`, newest: p.newest, late: true, every: duration(s.every) }))),
        ]);
        return html`<table class="fresh"><thead class="vh"><tr><th scope="col">State</th><th scope="col">Source</th><th scope="col">Age</th><th scope="col">Due</th></tr></thead><tbody>${rows.slice(0, 7).map((r) => html`<tr><td><span class="dot ${r.late ? 'late' : ''}"></span></td>
          <td>${r.name}${r.late ? html` <b class="warn">late</b>` : html`<span class="vh"> on time</span>`}</td>
          <td class="r n">${r.newest ? html`<time datetime=${r.newest} title=${moment(instant(r.newest), this.zone())}>${age(this.now() - instant(r.newest))}</time>` : 'never'}</td><td class="r meta">${rhythm(r.every)}</td></tr>`)}</tbody></table>`;
      }, this.zone(), 'sources', this.now()),
    });
  }
}

/** What a day's intervals are; small parts are made wide enough to be seen. */
export function qualityBar(total: Total): TemplateResult {
  const q = total.quality;
  const label = `${percent(Number(q.actual), Number(q.expected))} actual, ${count(q.estimated)} estimated, ${count(q.substituted)} substituted, ${count(q.invalid)} invalid, ${count(q.missing)} missing`;
  const part = (n: Dec, cls: string): Part => (Number(n) === 0 ? nothing : html`<i class="sw ${cls}" style="flex:${Number(n)} 0 7px"></i>`);
  return html`<div class="qbar" role="img" aria-label=${label}>${part(q.actual, 'used')}${part(q.estimated, 'est')}${part(q.substituted, 'est')}${part(q.invalid, 'inv')}${part(q.missing, 'mis')}</div>`;
}

/** SPIKE, REGISTER_RESET: Spike, Register reset. */
export function sentence(rule: string): string {
  const words = rule.toLowerCase().replaceAll('_', ' ');
  return (words[0]?.toUpperCase() ?? '') + words.slice(1);
}
