/** Times are shown in the zone of their series, never in the browser's. A date is a text such as 2026-10-25. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

interface Parts {
  date: string;
  clock: string;
  seconds: string;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let known = clocks.get(zone);
  if (!known) {
    known = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit',
      minute: '2-digit', second: '2-digit',
    });
    clocks.set(zone, known);
  }
  return known;
}

function parts(at: number, zone: string): Parts {
  const got: Record<string, string> = {};
  for (const part of clockOf(zone).formatToParts(at)) {
    got[part.type] = part.value;
  }
  return {
    date: `${got.year}-${got.month}-${got.day}`,
    clock: `${got.hour}:${got.minute}`,
    seconds: got.second ?? '00',
  };
}

export function instant(stamp: string): number {
  return Date.parse(stamp);
}

/** The date that a zone's clock shows. */
export function dateOf(at: number, zone: string): string {
  return parts(at, zone).date;
}

/** 18:25 */
export function clock(at: number, zone: string): string {
  return parts(at, zone).clock;
}

/** 18:25:04 */
export function clockWithSeconds(at: number, zone: string): string {
  const p = parts(at, zone);
  return `${p.clock}:${p.seconds}`;
}

/** How far the zone's clock is ahead of UTC, ms. */
function offset(at: number, zone: string): number {
  const p = parts(at, zone);
  return Date.parse(`${p.date}T${p.clock}:${p.seconds}Z`) - Math.floor(at / 1000) * 1000;
}

/** When a local date begins. Where its midnight is skipped, it begins at the change. */
export function midnight(date: string, zone: string): number {
  const wall = Date.parse(date + 'T00:00:00Z');
  let at = wall - offset(wall, zone);
  at = wall - offset(at, zone);
  // In the hour that is skipped there is no such time: the first instant of the date is asked for.
  while (dateOf(at, zone) < date) {
    at += 15 * MINUTE;
  }
  while (dateOf(at - MINUTE, zone) >= date) {
    at -= 15 * MINUTE;
  }
  return at;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date + 'T00:00:00Z') + days * DAY).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

export function addMonths(date: string, months: number): string {
  const [y = 1970, m = 1, d = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(y, m - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(d, last)).padStart(2, '0')}`;
}

export function firstOfMonth(date: string): string {
  return date.slice(0, 8) + '01';
}

export function firstOfYear(date: string): string {
  return date.slice(0, 5) + '01-01';
}

/** 0 is Monday. */
export function weekday(date: string): number {
  return (new Date(date + 'T00:00:00Z').getUTCDay() + 6) % 7;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function weekdayName(date: string): string {
  return WEEKDAYS[weekday(date)] ?? '';
}

export function monthName(date: string): string {
  return MONTHS[Number(date.slice(5, 7)) - 1] ?? '';
}

/** Wed 14 Oct 2026 */
export function longDate(date: string): string {
  return `${shortDate(date)} ${date.slice(0, 4)}`;
}

/** Wed 14 Oct */
export function shortDate(date: string): string {
  return `${weekdayName(date)} ${Number(date.slice(8))} ${monthName(date)}`;
}

/** 14 Oct */
export function dayAndMonth(date: string): string {
  return `${Number(date.slice(8))} ${monthName(date)}`;
}

const names = new Map<string, Intl.DateTimeFormat>();

/** BST, CEST; where a zone has no such name, its offset. */
export function zoneName(at: number, zone: string): string {
  let known = names.get(zone);
  if (!known) {
    known = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short', hour: '2-digit' });
    names.set(zone, known);
  }
  return known.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** 18:25 BST */
export function clockAndZone(at: number, zone: string): string {
  return `${clock(at, zone)} ${zoneName(at, zone)}`;
}

/** Wed 14 Oct 2026, 18:25 BST */
export function moment(at: number, zone: string): string {
  return `${longDate(dateOf(at, zone))}, ${clockAndZone(at, zone)}`;
}

/** 18:25, or with the date where that is not today. */
export function brief(at: number, zone: string, now: number): string {
  const date = dateOf(at, zone);
  const today = dateOf(now, zone);
  if (date === today) {
    return clock(at, zone);
  }
  return Math.abs(daysBetween(date, today)) < 6
    ? `${weekdayName(date)} ${clock(at, zone)}`
    : date.slice(0, 4) === today.slice(0, 4) ? `${dayAndMonth(date)} ${clock(at, zone)}` : longDate(date).slice(4);
}

/** 18:00 to 18:30 BST; with both names where the clock changes in between. */
export function span(from: number, to: number, zone: string): string {
  const a = zoneName(from, zone);
  const b = zoneName(to, zone);
  const sameDay = dateOf(from, zone) === dateOf(to - 1, zone);
  const start = a === b ? clock(from, zone) : `${clock(from, zone)} ${a}`;
  if (to - from >= DAY - 2 * HOUR && clock(from, zone) === '00:00' && clock(to, zone) === '00:00') {
    const last = dateOf(to - 1, zone);
    const first = dateOf(from, zone);
    return first === last ? longDate(first) : `${dayAndMonth(first)} to ${dayAndMonth(last)} ${last.slice(0, 4)}`;
  }
  const day = sameDay ? '' : `${dayAndMonth(dateOf(from, zone))} `;
  return `${day}${start} to ${clock(to, zone)} ${b}`;
}

/** 4 s, 12 min, 3 h, 2 days */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = Math.round(minutes / 60);
  if (hours < 36) {
    return `${hours} h`;
  }
  return `${Math.round(hours / 24)} days`;
}

/** How long an ISO duration of seconds to days is, ms. */
export function duration(iso: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(iso);
  if (!match) {
    return 0;
  }
  const [, d = '0', h = '0', m = '0', s = '0'] = match;
  return Number(d) * DAY + Number(h) * HOUR + Number(m) * MINUTE + Number(s) * 1000;
}

/** every 5 min */
export function rhythm(ms: number): string {
  return ms === DAY ? 'once a day' : ms === HOUR ? 'every hour' : `every ${age(ms)}`;
}

export interface Tick {
  at: number;
  text: string;
}

const STEPS = [5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];

/** Ticks on full local times, on midnights and first days of months; the date where the day changes. */
export function ticks(from: number, to: number, zone: string, most: number): Tick[] {
  const range = to - from;
  const step = STEPS.find((s) => range / s <= most);
  const all: Tick[] = [];
  let date = dateOf(from, zone);
  if (step !== undefined) {
    const oneDay = range <= 26 * HOUR && dateOf(to - 1, zone) === date && clock(from, zone) === '00:00';
    for (let day = midnight(date, zone); day <= to; date = addDays(date, 1), day = midnight(date, zone)) {
      const next = midnight(addDays(date, 1), zone);
      for (let at = day; at < next && at <= to; at += step) {
        if (at >= from) {
          const text = clock(at, zone);
          all.push({ at, text: text !== '00:00' || oneDay ? text : dayLabel(date) });
        }
      }
    }
    if (oneDay && to === midnight(addDays(dateOf(from, zone), 1), zone)) {
      const last = all.at(-1);
      if (last && last.at === to) {
        last.text = '24:00';
      } else {
        all.push({ at: to, text: '24:00' });
      }
    }
    return all;
  }
  const days = range / DAY;
  if (days <= 62) {
    const every = [1, 2, 7].find((d) => days / d <= most) ?? 14;
    let index = 0;
    for (let at = midnight(date, zone); at <= to; date = addDays(date, 1), at = midnight(date, zone)) {
      if (at >= from && index++ % every === 0) {
        all.push({ at, text: dayAndMonth(date) });
      }
    }
    return all;
  }
  date = firstOfMonth(date);
  const every = [1, 2, 3, 6].find((m) => days / 30.4 / m <= most) ?? 12;
  for (let at = midnight(date, zone), i = 0; at <= to; date = addMonths(date, 1), at = midnight(date, zone), i++) {
    if (at >= from && i % every === 0) {
      all.push({ at, text: date.slice(5, 7) === '01' || all.length === 0 ? `${monthName(date)} ${date.slice(0, 4)}` : monthName(date) });
    }
  }
  return all;
}

function dayLabel(date: string): string {
  return `${weekdayName(date)} ${Number(date.slice(8))}`;
}
