/** A number as the server wrote it: its digits, which are never turned into a double to be shown or added. */
export type Dec = string & { readonly __digits: true };

/** For drawing only: where a mark stands. */
export function num(value: Dec): number;
export function num(value: Dec | null | undefined): number | null;
export function num(value: Dec | null | undefined): number | null {
  return value == null ? null : Number(value);
}

/** The same number with its decimal point moved: exact, as digits are only moved. */
export function shift(value: Dec, places: number): Dec {
  const sign = value.startsWith('-') ? '-' : '';
  const [whole = '0', part = ''] = (sign ? value.slice(1) : value).split('.');
  let digits = whole + part;
  let point = whole.length + places;
  if (point <= 0) {
    digits = '0'.repeat(1 - point) + digits;
    point = 1;
  } else if (point > digits.length) {
    digits = digits + '0'.repeat(point - digits.length);
  }
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const right = digits.slice(point).replace(/0+$/, '');
  return (sign + left + (right ? '.' + right : '')) as Dec;
}

/** Without its sign. */
export function magnitude(value: Dec): Dec {
  return (value.startsWith('-') ? value.slice(1) : value) as Dec;
}

interface Units {
  units: bigint;
  scale: number;
}

function units(value: Dec): Units {
  const [whole = '0', part = ''] = value.split('.');
  return { units: BigInt(whole + part), scale: part.length };
}

function written({ units: n, scale }: Units): Dec {
  const digits = (n < 0n ? -n : n).toString().padStart(scale + 1, '0');
  const sign = n < 0n ? '-' : '';
  return (scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`) as Dec;
}

/** The exact sum. */
export function plus(a: Dec, b: Dec): Dec {
  const x = units(a);
  const y = units(b);
  const scale = Math.max(x.scale, y.scale);
  return written({ units: x.units * 10n ** BigInt(scale - x.scale) + y.units * 10n ** BigInt(scale - y.scale), scale });
}

/** The exact difference. */
export function minus(a: Dec, b: Dec): Dec {
  return plus(a, (b.startsWith('-') ? b.slice(1) : `-${b}`) as Dec);
}

/** The exact product. */
export function times(a: Dec, b: Dec): Dec {
  const x = units(a);
  const y = units(b);
  return written({ units: x.units * y.units, scale: x.scale + y.scale });
}

const formats = new Map<string, Intl.NumberFormat>();

function format(least: number, most: number): Intl.NumberFormat {
  const key = least + ' ' + most;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.NumberFormat(undefined, { minimumFractionDigits: least, maximumFractionDigits: most });
    formats.set(key, known);
  }
  return known;
}

/** Browsers format the digits of a text exactly; only its type is not known everywhere. */
function shown(value: Dec | number, least: number, most: number): string {
  return format(least, most).format(value as number).replace('-', '−');
}

/** All digits, as sent. */
export function exact(value: Dec | number): string {
  return shown(value, 0, 20);
}

/** Rounded for a headline: exactly so many decimals. */
export function rounded(value: Dec | number, decimals: number): string {
  const text = shown(value, decimals, decimals);
  // Minus zero is no number of this world.
  return /^−[0.,\s]*$/.test(text) ? text.slice(1) : text;
}

/** With a plus where it is more than nothing: for what has a direction. */
export function signed(value: Dec | number, decimals: number): string {
  const text = rounded(value, decimals);
  return Number(value) > 0 && !/^[0.,\s]*$/.test(text) ? '+' + text : text;
}

/** A whole number of things. */
export function count(value: Dec | number): string {
  return shown(value, 0, 0);
}

/** A share in percent, never rounded up to 100 where something is lacking, nor down to 0 where something is there. */
export function percent(part: number, whole: number): string {
  if (whole === 0) {
    return 'not known';
  }
  const share = (part / whole) * 100;
  if (part === whole) {
    return '100 %';
  }
  const digits = share > 99 || share < 1 ? 2 : share < 10 ? 1 : 0;
  const step = 10 ** -digits;
  const capped = Math.min(share, 100 - step);
  return shown(part > 0 ? Math.max(step, capped) : 0, 0, digits) + ' %';
}

/** A unit for a set of energies, chosen by the greatest of them. */
export interface Scale {
  unit: string;
  places: number;
}

export function energyScale(greatestKwh: number): Scale {
  const size = Math.abs(greatestKwh);
  if (size >= 2_000_000) {
    return { unit: 'GWh', places: -6 };
  }
  return size >= 2_000 ? { unit: 'MWh', places: -3 } : { unit: 'kWh', places: 0 };
}

export function scaled(value: Dec, scale: Scale): Dec {
  return scale.places === 0 ? value : shift(value, scale.places);
}

const SIGNS: Record<string, string> = { GBP: '£', EUR: '€' };
const KRONA = new Set(['SEK', 'NOK', 'DKK']);

/** Money with its currency; never converted. */
export function money(value: Dec | number, currency: string, decimals = 2): string {
  const sign = SIGNS[currency];
  const digits = rounded(value, decimals);
  if (sign) {
    return digits.startsWith('−') ? '−' + sign + digits.slice(1) : sign + digits;
  }
  return digits + ' ' + (KRONA.has(currency) ? 'kr' : currency);
}
