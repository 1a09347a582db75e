// Pictures for whoever has nothing at hand, under the greeting.
import { ask } from './api.js';
import { element, say } from './words.js';

/** Shows those of the alphabet that is read now; `tap(place, src)` for the one that was tapped. */
export function makeExamples(box, tap) {
  return async () => {
    const { examples } = await ask('/chat/examples').catch(() => ({ examples: [] }));
    box.hidden = examples.length === 0;
    box.querySelector('.row').replaceChildren(
      ...examples.map((src, place) => {
        const name = say('example', { number: place + 1 });
        const node = element('button', { type: 'button', className: 'picture' }, element('img', { src, alt: name }));
        node.addEventListener('click', () => tap(place, src, name));
        return node;
      }),
    );
  };
}
