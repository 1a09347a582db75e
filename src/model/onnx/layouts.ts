// Values of a graph under construction, plain or in blocks of channels, each turned into the other only when somebody asks.
import { elementCount, type TensorShape } from '../plan.ts';
import { BLOCKED } from './blocked.ts';
import type { GraphBuilder } from './graph.ts';

interface Forms {
  plain?: string | undefined;
  blocked?: string | undefined;
}

export class Layouts {
  readonly #graph: GraphBuilder;
  readonly #shapes: readonly TensorShape[];
  readonly #block: number;
  readonly #forms = new Map<number, Forms>();

  constructor(graph: GraphBuilder, shapes: readonly TensorShape[], block: number) {
    this.#graph = graph;
    this.#shapes = shapes;
    this.#block = block;
  }

  /** Whether this value can be had in blocks. */
  fits(id: number): boolean {
    const shape = this.#shapes[id] ?? [];
    return this.#block > 0 && shape.length === 3 && (shape[0] ?? 0) % this.#block === 0;
  }

  has(id: number): boolean {
    return this.#forms.has(id);
  }

  /** Whether it is at hand in blocks already, so that work on it is best done there. */
  isBlocked(id: number): boolean {
    return this.#forms.get(id)?.blocked !== undefined;
  }

  set(id: number, forms: Forms): void {
    this.#forms.set(id, { ...forms });
  }

  plain(id: number): string {
    const forms = this.#get(id);
    return (forms.plain ??= this.#graph.node(
      'ReorderOutput',
      [forms.blocked ?? ''],
      { channels: this.#shapes[id]?.[0] ?? 0 },
      BLOCKED,
    ));
  }

  blocked(id: number): string {
    const forms = this.#get(id);
    return (forms.blocked ??= this.#graph.node('ReorderInput', [forms.plain ?? ''], {}, BLOCKED));
  }

  /** Adds to what is there (a slope from another user of the value). */
  add(id: number, forms: Forms): void {
    const before = this.#forms.get(id);
    if (before === undefined) return this.set(id, forms);
    const more = new Layouts(this.#graph, this.#shapes, this.#block);
    more.set(id, forms);
    if (before.blocked !== undefined) {
      this.set(id, { blocked: this.#graph.node('Add', [before.blocked, more.blocked(id)]) });
    } else this.set(id, { plain: this.#graph.node('Add', [before.plain ?? '', more.plain(id)]) });
  }

  #get(id: number): Forms {
    const forms = this.#forms.get(id);
    if (forms === undefined)
      throw new RangeError(`value ${id} (${elementCount(this.#shapes[id] ?? [])}) does not exist yet`);
    return forms;
  }
}
