import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { flowName } from '../names';
import { money, signed, type Dec } from '../numbers';
import type { Border } from '../types';
import { FAR, LAND, NORTHERN_IRELAND, type Place, type Ring } from './coast';

/** From: where a cable leaves the neighbour; to: where it reaches Great Britain; label: the middle of the neighbour's name. */
interface Spot {
  far: Place;
  gb: Place;
  bend: number;
  label: Place;
  small: Place;
}

const SPOTS: Record<string, Spot> = {
  FR: { far: [1.9, 49.35], gb: [-0.95, 51.75], bend: -0.1, label: [2.5, 48.55], small: [2.6, 48.0] },
  NO: { far: [6.7, 59.1], gb: [-1.95, 55.25], bend: 0.1, label: [8.7, 60.6], small: [8.6, 60.3] },
  NL: { far: [4.4, 52.15], gb: [0.35, 52.6], bend: 0.1, label: [6.2, 52.3], small: [6.9, 53.15] },
  BE: { far: [3.3, 51.05], gb: [0.1, 51.95], bend: 0.12, label: [5.0, 50.68], small: [6.1, 51.0] },
  DK: { far: [8.25, 55.55], gb: [-0.35, 53.35], bend: 0.1, label: [9.45, 56.4], small: [9.4, 56.75] },
  NIR: { far: [-6.5, 54.75], gb: [-4.1, 55.35], bend: -0.16, label: [-8.05, 55.95], small: [-8.0, 56.1] },
  IE: { far: [-6.45, 52.95], gb: [-3.45, 52.75], bend: -0.1, label: [-8.05, 53.2], small: [-8.3, 53.45] },
};

/** Zones are parts of countries: which spot of the map a code stands for. */
function spotOf(code: string): [string, Spot] | null {
  const keys = [code, code.replace(/[_-].*$/, ''), code.replace(/[0-9].*$/, '')];
  for (const k of keys) {
    const spot = SPOTS[k];
    if (spot) {
      return [k, spot];
    }
  }
  return null;
}

const LEAST_WIDTH = 2.6;

export interface MapView {
  borders: Border[];
  /** Latest price by code of the zone: per MWh. */
  prices: Map<string, { price: Dec; currency: string }>;
  width: number;
  height: number;
  /** The border that is pointed at somewhere on the page. */
  lit: string | null;
  light: (border: string | null) => void;
}

/** Who flows where, and how much: ribbons as wide as the flow. */
export function map(view: MapView): TemplateResult {
  const small = view.width < 420;
  const { width: w, height: h } = view;
  const [west, east, north] = small ? [-10.6, 12.2, 61.7] : [-10.6, 11.9, 62.1];
  const mercator = (lat: number): number => (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI;
  const k = w / (east - west);
  const at = ([lon, lat]: Place): [number, number] => [(lon - west) * k, (mercator(north) - mercator(lat)) * k];
  const ring = (r: Ring): string => 'M' + r.map((p) => at(p).map((v) => v.toFixed(1)).join(' ')).join('L') + 'Z';
  const line = (r: Ring): string => 'M' + r.map((p) => at(p).map((v) => v.toFixed(1)).join(' ')).join('L');
  const scale = (small ? 0.0075 : 0.0092) * (w / (small ? 358 : 496));
  const known = view.borders.flatMap((b) => {
    const spot = spotOf(b.from.code);
    return spot ? [{ border: b, code: spot[0], spot: spot[1] }] : [];
  });
  const halo = (ground: string): string => `paint-order:stroke;stroke:var(--${ground});stroke-width:3.5px;stroke-linejoin:round`;
  const gbPrice = view.prices.get('GB');
  const [px, py] = at([-4.15, 57.15]);
  return html`<svg class="map" viewBox="0 0 ${w} ${h}" width=${w} height=${h} role="group" aria-label="Map: ribbons show what flows between Great Britain and its neighbours">
    <rect width=${w} height=${h} fill="var(--sea)"/>
    <path d=${FAR.map(ring).join('')} fill="var(--land-far)" stroke="var(--sea)" stroke-linejoin="round"/>
    ${Object.entries(LAND).map(([code, rings]) => svg`<path d=${rings.map(ring).join('')} fill=${code === 'GB' ? 'var(--land-home)' : 'var(--land)'} stroke="var(--sea)" stroke-width="1.2" stroke-linejoin="round"/>`)}
    <path d=${line(NORTHERN_IRELAND)} fill="none" stroke="var(--sea)" stroke-width="1.2"/>
    ${known.map(({ border, spot }) => ribbon(border, at(spot.far), at(spot.gb), spot.bend, scale, view))}
    ${known.map(({ border: b, code, spot }) => {
      const [x, y] = at(small ? spot.small : spot.label);
      const price = view.prices.get(b.from.code) ?? (code === 'IE' ? view.prices.get('SEM') : undefined);
      const into = Number(b.mw ?? 0) > 0;
      const partial = b.cablesKnown !== null && b.cablesInService !== null && Number(b.cablesKnown) < Number(b.cablesInService);
      const lower = small || !price || code === 'NIR' ? 21 : 35;
      return svg`<g class="maplabel ${view.lit === b.border ? 'lit' : ''}" aria-hidden="true" text-anchor="middle" style=${halo('land')}>
        <text x=${x} y=${y - 8} style="font-size:${small ? 11.5 : 12}px;fill:var(--text)">${flowName(b.from)}</text>
        <text x=${x} y=${y + 7} style="font-size:${small ? 12.5 : 13.5}px;font-weight:650;fill:var(--${b.mw === null ? 'text-2' : into ? 'import-ink' : 'export-ink'})">${b.mw === null ? 'not known' : signed(b.mw, 0) + ' MW'}</text>
        ${!small && price && code !== 'NIR' ? svg`<text x=${x} y=${y + 21} style="font-size:11px">${money(price.price, price.currency)}</text>` : nothing}
        ${partial ? svg`<text x=${x} y=${y + lower} style="font-size:11px;fill:var(--warn)">${b.cablesKnown} of ${b.cablesInService} cables</text>` : nothing}
      </g>`;
    })}
    <g aria-hidden="true" text-anchor="middle" style=${halo('land-home')}>
      <text x=${px} y=${py - 4} style="fill:var(--text)">Great Britain</text>
      ${gbPrice ? svg`<text x=${px} y=${py + 11} style="font-size:11px">${money(gbPrice.price, gbPrice.currency)}</text>` : nothing}
    </g>
  </svg>`;
}

type Xy = [number, number];

function ribbon(b: Border, far: Xy, gb: Xy, bending: number, scale: number, view: MapView): unknown {
  if (b.mw === null) {
    return nothing;
  }
  const mw = Number(b.mw);
  const into = mw >= 0;
  const a = into ? far : gb;
  const z = into ? gb : far;
  const bend = into ? bending : -bending;
  const dx = z[0] - a[0];
  const dy = z[1] - a[1];
  const c: Xy = [(a[0] + z[0]) / 2 + dy * bend * 1.6, (a[1] + z[1]) / 2 - dx * bend * 1.6];
  const at = (t: number): Xy => [0, 1].map((i) => (1 - t) ** 2 * (a[i] ?? 0) + 2 * t * (1 - t) * (c[i] ?? 0) + t * t * (z[i] ?? 0)) as Xy;
  const direction = (t: number): Xy => {
    const v = [0, 1].map((i) => 2 * (1 - t) * ((c[i] ?? 0) - (a[i] ?? 0)) + 2 * t * ((z[i] ?? 0) - (c[i] ?? 0)));
    const length = Math.hypot(...v);
    return v.map((n) => n / length) as Xy;
  };
  const wide = Math.max(LEAST_WIDTH, Math.abs(mw) * scale);
  const length = Math.hypot(dx, dy);
  const head = Math.max(11, wide * 0.85);
  const half = Math.max(6.5, wide * 0.95);
  const neck = 1 - head / length;
  const up: Xy[] = [];
  const down: Xy[] = [];
  for (let i = 0; i <= 24; i++) {
    const t = (neck * i) / 24;
    const p = at(t);
    const d = direction(t);
    up.push([p[0] - (d[1] * wide) / 2, p[1] + (d[0] * wide) / 2]);
    down.push([p[0] + (d[1] * wide) / 2, p[1] - (d[0] * wide) / 2]);
  }
  const p = at(neck);
  const d = direction(neck);
  const points: Xy[] = [...up, [p[0] - d[1] * half, p[1] + d[0] * half], z, [p[0] + d[1] * half, p[1] - d[0] * half], ...down.reverse()];
  const text = points.map((q) => q.map((v) => v.toFixed(1)).join(' ')).join('L');
  const chevrons = [];
  for (let i = 1; wide > 9 && i < 5; i++) {
    const t = (neck * i) / 5;
    const [x, y] = at(t);
    const e = direction(t);
    const n = wide * 0.26;
    chevrons.push(`M${x - e[0] * n - e[1] * n} ${y - e[1] * n + e[0] * n}L${x} ${y}L${x - e[0] * n + e[1] * n} ${y - e[1] * n - e[0] * n}`);
  }
  const drift = direction(0.5);
  const label = `${b.from.name}: ${signed(b.mw, 0)} megawatts, ${b.direction}${b.stale ? ', an old value' : ''}`;
  return svg`<g class="ribbon ${view.lit === b.border ? 'lit' : view.lit ? 'dim' : ''} ${b.stale ? 'stale' : ''}" tabindex="0" role="img" aria-label=${label}
      @pointerenter=${() => view.light(b.border)} @pointerleave=${() => view.light(null)} @focus=${() => view.light(b.border)} @blur=${() => view.light(null)}>
    <path d="M${text}Z" fill="var(--${into ? 'import' : 'export'})" stroke="var(--surface)" stroke-width="2.5" stroke-linejoin="round" paint-order="stroke"/>
    <g class="drift" style="--dx:${(drift[0] * 9).toFixed(1)}px;--dy:${(drift[1] * 9).toFixed(1)}px">${chevrons.map((v) => svg`<path d=${v} fill="none" stroke="var(--surface)" stroke-width="1.6" stroke-opacity=".75" stroke-linecap="round" stroke-linejoin="round"/>`)}</g>
  </g>`;
}
