import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, addMonths, age, brief, clock, dateOf, duration, midnight, rhythm, span, ticks, weekday, zoneName } from '../../main/ts/time';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

test('a local date begins when the clock of its zone says so', () => {
  assert.equal(midnight('2026-10-25', 'Europe/London'), at('2026-10-24T23:00:00Z'));
  assert.equal(midnight('2026-10-26', 'Europe/London'), at('2026-10-26T00:00:00Z'));
  assert.equal(midnight('2026-03-29', 'Europe/London'), at('2026-03-29T00:00:00Z'));
  assert.equal(midnight('2026-03-30', 'Europe/London'), at('2026-03-29T23:00:00Z'));
  assert.equal(midnight('2024-01-01', 'Asia/Kolkata'), at('2023-12-31T18:30:00Z'));
});

test('where midnight is skipped, the day begins at the change', () => {
  assert.equal(midnight('2018-11-04', 'America/Sao_Paulo'), at('2018-11-04T03:00:00Z'));
  assert.equal(clock(midnight('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo'), '01:00');
});

test('days have the hours they have, in every zone and on every day of a year', () => {
  for (const zone of ['Europe/London', 'Europe/Stockholm', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC']) {
    for (let date = '2026-01-01'; date < '2027-01-01'; date = addDays(date, 1)) {
      const start = midnight(date, zone);
      const end = midnight(addDays(date, 1), zone);
      assert.equal(dateOf(start, zone), date, `${zone} ${date}`);
      assert.equal(dateOf(end - 1, zone), date, `${zone} ${date}`);
      assert.ok([23, 23.5, 24, 24.5, 25].includes((end - start) / HOUR), `${zone} ${date}: ${(end - start) / HOUR} h`);
    }
  }
});

test('ticks are on full local hours, also over a change of clocks', () => {
  const zone = 'Europe/London';
  const from = midnight('2026-10-25', zone);
  const to = midnight('2026-10-26', zone);
  const texts = ticks(from, to, zone, 10).map((t) => t.text);
  assert.equal(texts[0], '00:00');
  assert.equal(texts.at(-1), '24:00');
  const all = ticks(from, to, zone, 10);
  assert.ok(all.every((t) => t.at >= from && t.at <= to));
});

test('ticks of days and months are on their first instants', () => {
  const zone = 'Europe/Stockholm';
  for (const t of ticks(midnight('2026-01-01', zone), midnight('2027-01-01', zone), zone, 12)) {
    assert.equal(clock(t.at, zone), '00:00');
    assert.equal(dateOf(t.at, zone).slice(8), '01');
  }
});

test('an interval names both zones where the clock changes in it', () => {
  const zone = 'Europe/London';
  assert.equal(span(at('2026-10-25T00:30:00Z'), at('2026-10-25T01:00:00Z'), zone), '01:30 BST to 01:00 GMT');
  assert.equal(span(at('2026-10-14T17:00:00Z'), at('2026-10-14T17:30:00Z'), zone), '18:00 to 18:30 BST');
  assert.equal(span(midnight('2026-10-25', zone), midnight('2026-10-26', zone), zone), 'Sun 25 Oct 2026');
  assert.equal(zoneName(at('2026-07-01T00:00:00Z'), 'Europe/Stockholm'), 'CEST');
});

test('months are as long as they are', () => {
  assert.equal(addMonths('2026-01-31', 1), '2026-02-28');
  assert.equal(addMonths('2026-03-31', -1), '2026-02-28');
  assert.equal(addMonths('2026-12-15', 1), '2027-01-15');
  assert.equal(weekday('2026-10-26'), 0);
});

test('times are as short as they can be and no shorter', () => {
  const now = at('2026-11-27T12:00:00Z');
  assert.equal(brief(at('2026-11-27T06:10:00Z'), 'UTC', now), '06:10');
  assert.equal(brief(at('2026-11-24T22:31:00Z'), 'UTC', now), 'Tue 22:31');
  assert.equal(brief(at('2026-02-03T22:31:00Z'), 'UTC', now), '3 Feb 22:31');
  assert.equal(brief(at('2024-02-12T17:50:00Z'), 'UTC', now), '12 Feb 2024');
  assert.equal(age(4_400), '4 s');
  assert.equal(age(45 * 60_000), '45 min');
  assert.equal(age(12 * HOUR), '12 h');
  assert.equal(age(3 * 24 * HOUR), '3 days');
  assert.equal(rhythm(duration('PT5M')), 'every 5 min');
  assert.equal(rhythm(duration('P1D')), 'once a day');
});
