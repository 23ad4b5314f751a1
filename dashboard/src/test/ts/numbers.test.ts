import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../main/ts/api';
import { count, energyScale, exact, minus, money, percent, plus, rounded, scaled, shift, signed, times, type Dec } from '../../main/ts/numbers';

const d = (text: string): Dec => text as Dec;

test('numbers of an answer keep every digit with which they came', () => {
  const got = parse('{"total": 9184226.418000001234567, "none": null, "n": 12, "list": [0.1, -3], "text": "a \\"1.50\\" b 2"}') as Record<string, unknown>;
  assert.deepEqual(got, { total: '9184226.418000001234567', none: null, n: '12', list: ['0.1', '-3'], text: 'a "1.50" b 2' });
});

test('digits are shown that no double could hold', () => {
  assert.equal(exact(d('12345678901234567890.123456789')), '12,345,678,901,234,567,890.123456789');
  assert.equal(rounded(d('0.285'), 2), '0.29', 'a double would be a little less than half');
});

test('the decimal point is moved without a change of digits', () => {
  assert.equal(shift(d('41273.5'), -3), '41.2735');
  assert.equal(shift(d('-0.05'), -3), '-0.00005');
  assert.equal(shift(d('0.075'), 2), '7.5');
  assert.equal(shift(d('3'), 2), '300');
  assert.equal(shift(d('0'), -6), '0');
  assert.equal(scaled(d('2500000'), energyScale(2_500_000)), '2.5');
});

test('sums, differences and products are exact', () => {
  assert.equal(plus(d('0.1'), d('0.2')), '0.3');
  assert.equal(plus(d('-1.5'), d('0.25')), '-1.25');
  assert.equal(minus(d('11.43'), d('12.98')), '-1.55');
  assert.equal(minus(d('5'), d('-0.001')), '5.001');
  assert.equal(times(d('1284'), d('1380.5')), '1772562.0');
  assert.equal(times(d('-0.5'), d('0.04')), '-0.020');
});

test('a direction has its sign, nothing has none', () => {
  assert.equal(signed(d('4458'), 0), '+4,458');
  assert.equal(signed(d('-327.4'), 0), '−327');
  assert.equal(signed(d('-0.2'), 0), '0');
  assert.equal(signed(d('0.2'), 0), '0');
  assert.equal(signed(d('0'), 0), '0');
});

test('percent are 100 only of all, and 0 only of nothing', () => {
  assert.equal(percent(48, 48), '100 %');
  assert.equal(percent(47_999_999, 48_000_000), '99.99 %');
  assert.equal(percent(1, 48_000_000), '0.01 %');
  assert.equal(percent(0, 48), '0 %');
  assert.equal(percent(0, 0), 'not known');
});

test('money has its own currency', () => {
  assert.equal(money(d('84.12'), 'GBP'), '£84.12');
  assert.equal(money(d('-3.5'), 'EUR'), '−€3.50');
  assert.equal(money(d('14.871'), 'SEK'), '14.87 kr');
  assert.equal(count(d('1000000')), '1,000,000');
});
