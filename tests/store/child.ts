// Another process at the store, for the tests that need one: `child.ts FILE VERB`.
import { splitter } from '../../src/dataset/split.ts';
import { openStore } from '../../src/store/store.ts';
import { prediction } from '../support/scratch-rows.ts';

const [file = '', verb = ''] = process.argv.slice(2);
const store = openStore(file, { splitter });
const say = (word: string): void => void process.stdout.write(`${word}\n`);

if (verb === 'open') {
  say(store.meta.setOnce('first', String(process.pid)));
  store.close();
} else if (verb === 'teach') {
  // Answers until it is killed; every line was acknowledged before it was written.
  const { id } = store.contributors.getOrCreate({ keyHash: 'aa', platform: 'web', at: 0 });
  for (let count = 0; ; count++) {
    const name = `p${String(process.pid)}-${String(count)}`;
    store.predictions.save([prediction(name, id)]);
    const { outcome } = store.verdicts.save({
      predictionId: name,
      kind: 'confirm',
      labelId: count % 10,
      contributorId: id,
      at: count,
    });
    if (outcome === 'saved') say(name);
  }
} else if (verb === 'learn') {
  // What is written beside answers: what both sides of a duel read, to what somebody agreed, their setting, what a model knows.
  const { id } = store.contributors.getOrCreate({ keyHash: 'aa', platform: 'web', at: 0 });
  for (let count = Number(process.argv[4] ?? 0); ; count++) {
    store.predictions.save([prediction(`photo-${String(count)}`, id)]);
    store.duels.note(1, [{ prediction: `photo-${String(count)}`, champion: 1, challenger: 7 }]);
    store.consents.agree(id, { text: count + 1, at: count });
    store.hands.setOn(id, count % 2 === 1);
    store.hands.keepAnchors('digits-1', JSON.stringify({ ofPeople: 1, count }));
    say(String(count));
  }
}
