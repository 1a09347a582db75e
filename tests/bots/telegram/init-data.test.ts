// Telegram's word for who opened the page: taken as it is signed, and for an hour.
import { expect, test } from 'vitest';
import { vouchedBy } from '../../../bots/telegram/init-data.ts';
import { initDataOf } from '../../support/telegram-init-data.ts';

const TOKEN = '424242:AAabcdefghijklmnopqrstuvwxyz';
const NOW = 1_800_000_000_000;
const olena = { id: 1001, first_name: 'Олена & Co = "x"', language_code: 'uk' };
const good = initDataOf(TOKEN, olena, NOW);
const read = (data: string, now = NOW, token = TOKEN) => vouchedBy(data, token, now);

test('whoever it names is known', () => {
  expect(read(good)).toEqual({ outcome: 'known', id: '1001' });
});

test.each([
  ['another person', good.replace('1001', '1002')],
  ['another time', good.replace(`auth_date=${NOW / 1000}`, `auth_date=${NOW / 1000 + 1}`)],
  ['a field more', `${good}&admin=1`],
  ['a field twice', `${good}&user=${encodeURIComponent('{"id":7}')}`],
  ['no signature', good.replace(/&hash=.*/, '')],
  ['half a signature', good.slice(0, -2)],
  ['another bot’s', initDataOf('1:another', olena, NOW)],
  ['nothing', ''],
  ['no line at all', '\0%%%'],
  ['far too much', `${good}&x=${'x'.repeat(9000)}`],
])('%s: refused', (_, data) => {
  expect(read(data)).toEqual({ outcome: 'forged' });
});

test('signed, but of no person', () => {
  expect(read(initDataOf(TOKEN, olena, NOW, { user: '{"id":"1001"}' }))).toEqual({ outcome: 'forged' });
  expect(read(initDataOf(TOKEN, olena, NOW, { user: '{' }))).toEqual({ outcome: 'forged' });
  expect(read(initDataOf(TOKEN, olena, NOW, { user: '{"id":7,"is_bot":true}' }))).toEqual({ outcome: 'forged' });
});

test('an hour later it is too old; from a clock far ahead it is none, and without a time neither', () => {
  expect(read(good, NOW + 3_599_000)).toMatchObject({ outcome: 'known' });
  expect(read(good, NOW + 3_601_000)).toEqual({ outcome: 'expired' });
  expect(read(good, NOW - 400_000)).toEqual({ outcome: 'expired' });
  expect(read(initDataOf(TOKEN, olena, NOW, { auth_date: 'soon' }))).toEqual({ outcome: 'expired' });
});
