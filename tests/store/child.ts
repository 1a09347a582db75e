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
}
