// /sheet: a practice sheet to print, as a file. Anybody may ask; what is written on it teaches only once somebody confirms it.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { Recognition } from '../../recognition/outcomes.ts';
import { labelsAsked, leastTaught } from '../../sheet/choose.ts';
import { planSheets, type Paper } from '../../sheet/layout.ts';
import type { Store } from '../../store/store.ts';
import { sheetPages } from '../../words/sheet-text.ts';
import type { SheetPrint } from '../../report/sheet-pdf.ts';
import { reply, type Command } from '../command.ts';

interface Deps {
  readonly recognition: Pick<Recognition, 'alphabetOf'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly store: Pick<Store, 'stats'>;
  readonly sheetsPdf: (print: SheetPrint) => Promise<Uint8Array>;
}

export const sheetCommand = (deps: Deps): Command => ({
  name: 'sheet',
  operatorsOnly: false,
  argument: { name: 'command-argument-sheet', description: 'command-argument-sheet-description' },
  async run({ event, speaker, say }, rest) {
    const id = deps.recognition.alphabetOf(speaker.platform, event.chat);
    const alphabet = deps.alphabet(id);
    if (alphabet === undefined) return reply(say('alphabet-unknown', { alphabet: id, known: '' }));
    const letter = /(?:^|\s)letter(?:\s|$)/iu;
    const paper: Paper = letter.test(rest) ? 'Letter' : 'A4';
    const written = rest.replace(letter, ' ').trim();
    const all = written !== '' && ['all', say('sheet-all')].includes(written.toLowerCase());
    const asked = written === '' || all ? undefined : labelsAsked(alphabet, written);
    if (asked?.outcome === 'unknown')
      return reply(say('unknown-label', { label: asked.text, alphabet: alphabet.title }));
    const samples = new Map(
      deps.store.stats.ofAlphabet(id).labels.map(({ labelId, train, test }) => [labelId, train + test]),
    );
    const ids = all
      ? alphabet.labels.map((label) => label.id)
      : (asked?.ids ?? leastTaught(alphabet, (label) => samples.get(label) ?? 0));
    const sheets = planSheets(alphabet, ids, paper);
    const bytes = await deps.sheetsPdf({ alphabet, pages: sheetPages(alphabet, sheets, say) });
    return reply(say('sheet-sent', { alphabet: alphabet.title, pages: sheets.length }), {
      files: [{ name: `sheet-${id}.pdf`, bytes }],
    });
  },
});
