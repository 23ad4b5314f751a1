import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn } from 'echarts/types/dist/echarts';
import type { EChartsCoreOption } from 'echarts/core';
import { ticks } from '../time';
import type { Layer, Span, TimeChart } from './spec';

/** The colours of the page, as the theme has them now. */
export type Ink = (token: string) => string;

export function inks(): Ink {
  const style = getComputedStyle(document.documentElement);
  return (token) => style.getPropertyValue('--' + token).trim();
}

/** Three to five round ticks round what is to be seen. */
export function niceAxis(values: number[], wanted: number): { min: number; max: number; step: number } {
  let least = Math.min(0, ...values);
  let most = Math.max(0, ...values);
  if (least === most) {
    most = least + 1;
  }
  const rough = (most - least) / wanted;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((s) => s * size >= rough) ?? 10) * size;
  // A little room above the highest mark.
  const room = (most - least) * 0.06;
  least = least < 0 ? Math.floor((least - room) / step) * step : 0;
  const top = Math.ceil((most + room) / step) * step;
  return { min: least, max: most <= 0 ? 0 : top, step };
}

const hatches = new Map<string, HTMLCanvasElement>();

/** Lines from lower left to upper right, on the ground of a card. */
export function hatch(line: string, ground: string, gap: number, width: number): { image: HTMLCanvasElement; repeat: 'repeat' } {
  const key = [line, ground, gap, width].join();
  let canvas = hatches.get(key);
  if (!canvas) {
    canvas = document.createElement('canvas');
    canvas.width = gap;
    canvas.height = gap;
    const c = canvas.getContext('2d');
    if (c) {
      c.fillStyle = ground;
      c.fillRect(0, 0, gap, gap);
      c.strokeStyle = line;
      c.lineWidth = width;
      c.beginPath();
      for (const shift of [-gap, 0, gap]) {
        c.moveTo(shift - 1, gap + 1);
        c.lineTo(shift + gap + 1, -1);
      }
      c.stroke();
    }
    hatches.set(key, canvas);
  }
  return { image: canvas, repeat: 'repeat' };
}

function values(layer: Layer): number[] {
  const known = (v: number | null): v is number => v !== null && Number.isFinite(v);
  switch (layer.kind) {
    case 'line':
      return layer.points.map((p) => p[1]).filter(known);
    case 'steps':
    case 'bars':
    case 'net':
    case 'ticks':
      return layer.items.map((i) => i.value).filter(known);
    case 'stack':
    case 'band':
      return layer.items.flatMap((i) => [i.low, i.high]);
    case 'marks':
      return layer.items.map((m) => m.value);
    case 'gaps':
      return [];
  }
}

function extent(all: number[]): number[] {
  let least = Infinity;
  let most = -Infinity;
  for (const v of all) {
    least = v < least ? v : least;
    most = v > most ? v : most;
  }
  return least <= most ? [least, most] : [];
}

/** A label at the end of a line, or of a part. */
interface EndLabel {
  at: number;
  name: string;
  value: string;
  color: string;
}

export interface Frame {
  option: EChartsCoreOption;
  left: number;
  right: number;
  top: number;
  bottom: number;
  narrow: boolean;
}

const FONT = 12;

type Api = CustomSeriesRenderItemAPI;
type Drawn = CustomSeriesRenderItemReturn;

/** Draws a chart for so much room. */
export function draw(chart: TimeChart, width: number, height: number, ink: Ink): Frame {
  const narrow = width < 520;
  const right = chart.right ? chart.right[narrow ? 1 : 0] : 20;
  const bottom = chart.bare ? 8 : 24;
  const top = chart.unit ? 22 : 12;
  const axis = niceAxis([...chart.layers.flatMap((l) => extent(values(l))), ...(chart.include ?? [])], chart.ticks ?? 4);
  const marks: number[] = [];
  for (let v = axis.min; v <= axis.max + axis.step / 1000; v += axis.step) {
    marks.push(Math.abs(v) < axis.step / 1000 ? 0 : v);
  }
  const longest = Math.max(...marks.map((m) => chart.axis(m).length));
  const left = chart.left ?? Math.max(34, Math.round(longest * 6.7) + 12);
  const times = ticks(chart.from, chart.to, chart.zone, Math.max(2, Math.floor((width - left - right) / (narrow ? 74 : 84))));
  const surface = ink('surface');
  const font = getComputedStyle(document.body).fontFamily;
  const series: object[] = [];
  const ends: EndLabel[] = [];

  const custom = (z: number, data: unknown[], render: (api: Api, index: number) => Drawn): void => {
    series.push({
      type: 'custom', silent: true, animation: false, clip: true, z, data,
      encode: { x: [0, 1], y: [2, 3] },
      renderItem: (params: { dataIndex: number }, api: Api) => render(api, params.dataIndex),
    });
  };
  const rect = (api: Api, from: number, to: number, low: number, high: number): { x: number; y: number; width: number; height: number } => {
    const a = api.coord([from, high]);
    const b = api.coord([to, low]);
    const [x = 0, y = 0] = a;
    const [x2 = 0, y2 = 0] = b;
    return { x, y: Math.min(y, y2), width: x2 - x, height: Math.abs(y2 - y) };
  };
  const stepLine = (items: Span[], z: number, style: object, area?: string): void => {
    const data: [number, number | null][] = [];
    let last: Span | undefined;
    for (const item of items) {
      if (item.value === null) {
        continue;
      }
      if (last && item.from > last.to + 1000) {
        data.push([last.to, null]);
      }
      data.push([item.from, item.value], [item.to, item.value]);
      last = item;
    }
    series.push({
      type: 'line', silent: true, animation: false, symbol: 'none', z, data, connectNulls: false, clip: true, lineStyle: style,
      areaStyle: area ? { color: area, opacity: 0.13 } : undefined,
    });
  };

  for (const layer of chart.layers) {
    switch (layer.kind) {
      case 'gaps': {
        const fill = hatch(ink('line'), surface, 6, 1.5);
        custom(1, layer.items.map((g) => [g.from, g.to, axis.min, axis.max]), (api, i) => {
          const g = layer.items[i];
          if (!g) {
            return null;
          }
          const box = rect(api, Math.max(g.from, chart.from), Math.min(g.to, chart.to), axis.min, axis.max);
          const children: object[] = [{ type: 'rect', shape: box, style: { fill } }];
          const text = g.text ?? 'no data';
          if (box.width > text.length * 6 + 8) {
            children.push({
              type: 'text',
              style: { text, x: box.x + box.width / 2, y: box.y + 12, align: 'center', fill: ink('text-3'), stroke: surface, lineWidth: 4, font: `11.5px ${font}` },
            });
          }
          return { type: 'group', children } as Drawn;
        });
        break;
      }
      case 'line':
        series.push({
          type: 'line', silent: true, animation: false, symbol: 'none', z: 4, data: layer.points, connectNulls: false, clip: true,
          lineStyle: { color: ink(layer.color), width: layer.thin ? 1.2 : 1.8, join: 'round' },
          areaStyle: layer.area ? { color: ink(layer.color), opacity: 0.13 } : undefined,
        });
        {
          const last = layer.points.findLast((p) => p[1] !== null);
          if (last && last[1] !== null) {
            if (layer.dot) {
              const [at, value] = last;
              custom(6, [[at, at, value, value]], (api) => {
                const [cx = 0, cy = 0] = api.coord([at, value]);
                return { type: 'circle', shape: { cx, cy, r: 4 }, style: { fill: ink(layer.color) } } as Drawn;
              });
            }
            if (layer.name !== undefined) {
              ends.push({ at: last[1], name: layer.name, value: layer.value ?? '', color: ink(layer.ink ?? layer.color) });
            }
          }
        }
        break;
      case 'steps':
        if (layer.halo) {
          stepLine(layer.items, 4, { color: surface, width: 4.5 });
        }
        stepLine(layer.items, 5, { color: ink(layer.color), width: 2 }, layer.area ? ink(layer.color) : undefined);
        {
          const last = layer.items.findLast((i) => i.value !== null);
          if (layer.name !== undefined && layer.labelAt === undefined && last && last.value !== null) {
            ends.push({ at: last.value, name: layer.name, value: layer.value ?? '', color: ink(layer.ink ?? layer.color) });
          }
          if (layer.name !== undefined && layer.labelAt !== undefined) {
            const item = layer.items[layer.labelAt];
            const name = layer.name;
            if (item && item.value !== null) {
              const { from, value } = item;
              custom(7, [[from, from, value, value]], (api) => {
                const [x = 0, y = 0] = api.coord([from, value]);
                return { type: 'text', style: { text: name, x, y: y - 8, align: 'center', verticalAlign: 'bottom', fill: ink('text'), stroke: surface, lineWidth: 3, font: `600 ${FONT}px ${font}` } } as Drawn;
              });
            }
          }
        }
        break;
      case 'bars': {
        const color = ink(layer.color);
        const estimated = hatch(color, surface, 5, 1.8);
        custom(3, layer.items.map((b) => [b.from, b.to, 0, b.value]), (api, i) => {
          const b = layer.items[i];
          if (!b || b.value === null) {
            return null;
          }
          const box = rect(api, b.from, b.to, 0, b.value);
          const gap = Math.min(box.width * 0.17, 12);
          const shape = { x: box.x + gap, y: box.y, width: Math.max(1, box.width - 2 * gap), height: box.height, r: box.width > 6 ? [2, 2, 0, 0] : 0 };
          return {
            type: 'rect', shape,
            style: b.estimated && box.width > 4 ? { fill: estimated, stroke: color, lineWidth: 1 } : { fill: color, opacity: b.running ? 0.55 : 1 },
          } as Drawn;
        });
        custom(7, layer.items.filter((b) => b.running).map((b) => [b.from, b.to, b.value, b.value]), (api, i) => {
          const b = layer.items.filter((x) => x.running)[i];
          if (!b || b.value === null) {
            return null;
          }
          const box = rect(api, b.from, b.to, 0, b.value);
          return {
            type: 'text',
            style: { text: 'so far', x: box.x + box.width / 2, y: box.y - 5, align: 'center', verticalAlign: 'bottom', fill: ink('text-3'), stroke: surface, lineWidth: 3, font: `11.5px ${font}` },
          } as Drawn;
        });
        break;
      }
      case 'stack': {
        custom(3, layer.items.map((s) => [s.from, s.to, s.low, s.high]), (api, i) => {
          const s = layer.items[i];
          if (!s || s.low === s.high) {
            return null;
          }
          const box = rect(api, s.from, s.to, s.low, s.high);
          // A pixel of surface between parts; none between neighbours in time.
          const up = s.high > 0;
          return { type: 'rect', shape: { x: box.x, y: up ? box.y + 1 : box.y, width: box.width + 0.6, height: Math.max(0.5, box.height - 1) }, style: { fill: ink(layer.color) } } as Drawn;
        });
        if (layer.name !== undefined && layer.end !== undefined) {
          ends.push({ at: layer.end, name: layer.name, value: layer.value ?? '', color: ink(layer.ink ?? layer.color) });
        }
        break;
      }
      case 'band':
        custom(2, layer.items.map((s) => [s.from, s.to, s.low, s.high]), (api, i) => {
          const s = layer.items[i];
          if (!s) {
            return null;
          }
          const box = rect(api, s.from, s.to, s.low, s.high);
          return { type: 'rect', shape: { ...box, width: box.width + 0.3 }, style: { fill: ink(layer.color), opacity: layer.opacity } } as Drawn;
        });
        if (layer.name !== undefined && layer.end !== undefined) {
          ends.push({ at: layer.end, name: layer.name, value: '', color: ink(layer.ink ?? 'text-3') });
        }
        break;
      case 'net':
        custom(3, layer.items.map((s) => [s.from, s.to, 0, s.value]), (api, i) => {
          const s = layer.items[i];
          if (!s || s.value === null) {
            return null;
          }
          const box = rect(api, s.from, s.to, 0, s.value);
          return { type: 'rect', shape: { ...box, width: box.width + 0.5 }, style: { fill: ink(s.value > 0 ? layer.above : layer.below) } } as Drawn;
        });
        if (layer.names && layer.inks) {
          const room = (axis.max - axis.min) * 0.12;
          ends.push({ at: room, name: layer.names[0], value: '', color: ink(layer.inks[0]) });
          ends.push({ at: -room, name: layer.names[1], value: '', color: ink(layer.inks[1]) });
        }
        break;
      case 'ticks':
        custom(6, layer.items.map((t) => [t.from, t.to, t.value, t.value]), (api, i) => {
          const t = layer.items[i];
          if (!t || t.value === null) {
            return null;
          }
          const box = rect(api, t.from, t.to, t.value, t.value);
          const gap = Math.max(0, Math.min(box.width * 0.17, 12) - 3);
          const line = { x1: box.x + gap, x2: box.x + box.width - gap, y1: box.y, y2: box.y };
          return {
            type: 'group',
            children: [
              { type: 'line', shape: line, style: { stroke: surface, lineWidth: 4.5 } },
              { type: 'line', shape: line, style: { stroke: ink(layer.color), lineWidth: 2 } },
            ],
          } as Drawn;
        });
        break;
      case 'marks':
        custom(8, layer.items.map((m) => [m.from, m.to, m.value, m.value]), (api, i) => {
          const m = layer.items[i];
          if (!m) {
            return null;
          }
          const color = ink('anomaly');
          const box = rect(api, m.from, m.to, m.value, m.value);
          const x = box.x + box.width / 2;
          const y = Math.max(top + 2, Math.min(height - bottom - 2, box.y));
          const children: object[] = [];
          if (m.run) {
            children.push({ type: 'rect', shape: { x: box.x, y: y - 5, width: Math.max(8, box.width), height: 10, r: 5 }, style: { fill: 'none', stroke: color, lineWidth: 1.6 } });
          } else if (m.usual !== null) {
            const [, usual = y] = api.coord([m.from, m.usual]);
            children.push({ type: 'line', shape: { x1: x, x2: x, y1: y, y2: usual }, style: { stroke: color, lineWidth: 1, lineDash: [2, 2] } });
          }
          const ty = m.run ? y - 13 : y;
          const points = [[x, ty - 6], [x + 6.5, ty + 5], [x - 6.5, ty + 5]];
          children.push({ type: 'polygon', shape: { points }, style: { fill: m.high ? color : surface, stroke: surface, lineWidth: 4 } });
          children.push({ type: 'polygon', shape: { points }, style: { fill: m.high ? color : surface, stroke: color, lineWidth: 1.6 } });
          if (m.title && !narrow) {
            const toLeft = x > width * 0.72;
            children.push({
              type: 'text',
              style: {
                text: `{a|${m.title}} {b|${m.text}}`, x: toLeft ? x - 11 : x + 11, y: ty - 6, align: toLeft ? 'right' : 'left',
                stroke: surface, lineWidth: 4,
                rich: { a: { fill: color, font: `600 ${FONT}px ${font}`, stroke: surface, lineWidth: 4 }, b: { fill: ink('text-2'), font: `${FONT}px ${font}`, stroke: surface, lineWidth: 4 } },
              },
            });
          }
          return { type: 'group', children } as Drawn;
        });
        break;
    }
  }

  // The zero line, over bars and stacks; and the names at the ends, moved apart.
  custom(5, [[chart.from, chart.to, 0, 0]], (api) => {
    const box = rect(api, chart.from, chart.to, 0, 0);
    const y = Math.round(box.y) + 0.5;
    return { type: 'line', shape: { x1: box.x, x2: box.x + box.width, y1: y, y2: y }, style: { stroke: ink('line-strong'), lineWidth: 1 } } as Drawn;
  });
  if (right > 30 && ends.length > 0) {
    series.push({
      type: 'custom', silent: true, animation: false, clip: false, z: 9, data: [[chart.to, chart.to, 0, 0]],
      encode: { x: [0, 1], y: [2, 3] },
      renderItem: (_: unknown, api: Api): Drawn => {
        const placed = ends.map((e) => ({ ...e, y: api.coord([chart.to, e.at])[1] ?? 0 })).sort((a, b) => a.y - b.y);
        for (let i = 1; i < placed.length; i++) {
          const before = placed[i - 1];
          const it = placed[i];
          if (before && it && it.y - before.y < 14.5) {
            it.y = before.y + 14.5;
          }
        }
        const ceiling = 8;
        const first = placed[0];
        if (first && first.y < ceiling) {
          first.y = ceiling;
          for (let i = 1; i < placed.length; i++) {
            const it = placed[i];
            if (it) {
              it.y = Math.max(it.y, (placed[i - 1]?.y ?? 0) + 14.5);
            }
          }
        }
        // Those pushed below the frame move back up.
        let floor = height - bottom + 6;
        for (const it of placed.toReversed()) {
          it.y = Math.min(it.y, floor);
          floor = it.y - 14.5;
        }
        const x = width - right + 8;
        return {
          type: 'group',
          children: placed.map((e) => ({
            type: 'text',
            style: {
              x, y: e.y, verticalAlign: 'middle', text: e.value && !narrow ? `{a|${e.name}} {b|${e.value}}` : e.value && !e.name ? `{b|${e.value}}` : `{${e.value ? 'a' : 'b'}|${e.name}}`,
              rich: { a: { fill: ink('text-2'), font: `${FONT}px ${font}` }, b: { fill: e.color, font: `600 ${FONT}px ${font}` } },
            },
          })),
        } as Drawn;
      },
    });
  }

  const option: EChartsCoreOption = {
    animation: false,
    grid: { left, right, top, bottom, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value', min: chart.from, max: chart.to, axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: {
        show: !chart.bare, customValues: times.map((t) => t.at), formatter: (v: number) => times.find((t) => t.at === v)?.text ?? '',
        color: ink('text-3'), fontSize: 11.5, fontFamily: font, hideOverlap: true, margin: 8,
      },
    },
    yAxis: {
      type: 'value', min: axis.min, max: axis.max, interval: axis.step, axisLine: { show: false }, axisTick: { show: false },
      splitLine: { lineStyle: { color: ink('line'), width: 1 } },
      axisLabel: { formatter: (v: number) => chart.axis(v), color: ink('text-3'), fontSize: 11.5, fontFamily: font, margin: 8 },
      name: chart.unit, nameLocation: 'end', nameGap: 9, nameTextStyle: { color: ink('text-3'), fontSize: 11.5, fontFamily: font, align: 'right', padding: [0, 4, 0, 0] },
    },
    series,
  };
  return { option, left, right, top, bottom, narrow };
}
