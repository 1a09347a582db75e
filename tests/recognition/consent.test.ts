// Who has to have agreed before an answer is kept.
import { expect, test } from 'vitest';
import { consentOf } from '../../src/recognition/consent.ts';

const nothing = { agreed: false, isOperator: false };
const agreed = { agreed: true, isOperator: false };
const operator = { agreed: false, isOperator: true };
const self = { isAnswerer: true };
const another = { isAnswerer: false };

test.each([
  ['their own writing, not agreed', { ...nothing, ...self }, nothing, true, 'agree-first'],
  ['their own writing, agreed', { ...agreed, ...self }, agreed, true, 'given'],
  ['the owner’s own writing', { ...operator, ...self }, operator, true, 'given'],
  // The owner relays what another said: that one's row is no operator's.
  ['what an operator passes on', { ...nothing, ...self }, operator, true, 'given'],
  ['an admin answers for their group, which has not agreed', { ...nothing, ...self }, agreed, true, 'agree-first'],
  ['another’s writing, who has not agreed', { ...nothing, ...another }, agreed, true, 'not-agreed'],
  ['another’s writing, by an operator', { ...nothing, ...another }, operator, true, 'not-agreed'],
  ['another’s writing, who agreed', { ...agreed, ...another }, agreed, true, 'given'],
  [
    'another’s writing, who agreed; the answer is of one who has not',
    { ...agreed, ...another },
    nothing,
    true,
    'agree-first',
  ],
  ['an operator’s writing, answered by another', { ...operator, ...another }, agreed, true, 'given'],
  ['another’s message that was pointed at', { ...agreed, ...another }, agreed, false, 'not-agreed'],
  ['one’s own message that another pointed at', { ...agreed, ...self }, agreed, false, 'given'],
  ['one’s own message that another pointed at, not agreed', { ...nothing, ...self }, nothing, false, 'agree-first'],
  ['nobody can know who wrote it', 'nobody', agreed, true, 'only-read'],
  ['nobody can know who wrote it, by an operator', 'nobody', operator, true, 'only-read'],
] as const)('%s', (_, writer, answerer, handedOver, consent) => {
  expect(consentOf({ writer, answerer, handedOver })).toBe(consent);
});
