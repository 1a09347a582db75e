// A graph under construction: nodes in order, each value with a name of its own.
import type { Attribute, Constant, ModelFile, Node, Port } from './model-file.ts';

export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #inputs: Port[] = [];
  readonly #outputs: Port[] = [];
  readonly #domains: Record<string, number> = {};
  #values = 0;

  /** Adds a node with one output and returns the output's name. */
  node(operator: string, inputs: readonly string[], attributes?: Node['attributes'], domain?: string): string {
    const output = `v${this.#values++}`;
    this.nodeTo(operator, inputs, [output], attributes, domain);
    return output;
  }

  /** Adds a node whose outputs are named by the caller. */
  nodeTo(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    domain?: string,
  ): void {
    this.#nodes.push({ operator, inputs, outputs, attributes, domain });
    if (domain !== undefined) this.#domains[domain] = 1;
  }

  /** A name no other value has. */
  fresh(): string {
    return `v${this.#values++}`;
  }

  input(name: string, shape: Port['shape']): string {
    this.#inputs.push({ name, shape });
    return name;
  }

  /** Makes `value` an output called `name`. */
  output(name: string, value: string, shape: Port['shape']): void {
    this.nodeTo('Identity', [value], [name]);
    this.#outputs.push({ name, shape });
  }

  constant(constant: Constant): string {
    this.#constants.set(constant.name, constant);
    return constant.name;
  }

  /** A constant of floats; the same numbers are stored once. */
  floats(values: readonly number[], shape: readonly number[] = []): string {
    return this.constant({ name: `f[${shape.join(',')}]${values.join(',')}`, shape, data: Float32Array.from(values) });
  }

  scalar(value: number): string {
    return this.floats([value]);
  }

  integers(...values: readonly number[]): string {
    const data = BigInt64Array.from(values, (each) => BigInt(each));
    return this.constant({ name: `i${values.join(',')}`, shape: [values.length], data });
  }

  build(name: string): ModelFile {
    return {
      name,
      nodes: this.#nodes,
      constants: [...this.#constants.values()],
      inputs: this.#inputs,
      outputs: this.#outputs,
      domains: this.#domains,
    };
  }
}
