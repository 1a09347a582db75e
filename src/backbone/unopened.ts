// What is said of a picture that was kept and is no picture any more.
import { messageOf, OperationalError } from '../errors.ts';

export function unopened(cause: unknown): never {
  throw new OperationalError(`a picture that was kept cannot be opened: ${messageOf(cause)}`, { cause });
}
