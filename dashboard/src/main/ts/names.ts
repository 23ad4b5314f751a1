import type { Source } from './types';

/** What things are called for readers. */

const SHORT: Record<string, string> = { 'Northern Ireland': 'N. Ireland' };

/** A neighbour by its country: the Netherlands, Norway (NO2). */
export function flowName(zone: { name: string }): string {
  const plain = zone.name.replace(/^the /, '').replace(/ \(.*\)$/, '');
  return SHORT[plain] ?? plain;
}

const SOURCES: Record<string, string> = {
  homes: 'Home meter, live', elexon: 'Elexon, cables', entsoe: 'ENTSO-E, flows', sites: 'Site feed', meters: 'Meter files',
};

export function nameOfSource(source: Source): string {
  return SOURCES[source.source] ?? source.source;
}

/** The key of a series with its escapes resolved: site/site~20a gives "site a". */
export function key(series: string): string {
  const raw = series.split('/')[1] ?? series;
  const bytes = raw.replace(/%/g, '%25').replace(/~([0-9A-Fa-f]{2})/g, '%$1');
  try {
    return decodeURIComponent(bytes);
  } catch {
    return raw;
  }
}

/** site/site7/generation: site7 · generation */
export function thingName(series: string): string {
  const [, , quantity = '', channel] = series.split('/');
  return channel ? `${key(series)} · ${quantity} ${channel}` : `${key(series)} · ${quantity}`;
}
