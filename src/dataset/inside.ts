// Files of a set by the names that its table gives them. A set may come from a stranger: a name (or link) that leads out of it is
// refused. And it may come from another machine: the same name may be written in other code points there (й as one or as two).
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, UsageError } from '../errors.ts';

/** The bytes of a file inside the set; `root` is its real path. Throws UsageError that says where the name stands. */
export async function readInside(root: string, name: string, place: string): Promise<Uint8Array> {
  return withFile(root, name, place, (file) => readFile(file));
}

/** Its first bytes: enough to tell what kind of file it is. */
export async function headInside(root: string, name: string, place: string): Promise<Uint8Array> {
  return withFile(root, name, place, async (file) => {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  });
}

async function withFile<T>(root: string, name: string, place: string, use: (file: string) => Promise<T>): Promise<T> {
  if (name === '' || name.includes('\0') || path.isAbsolute(name) || name.split(/[/\\]/u).includes('..')) {
    throw new UsageError(`${place}: "${name}" is no name of a file inside the set.`);
  }
  try {
    const file = await realpath(await spelledAsThere(root, name));
    if (!file.startsWith(root + path.sep)) throw new UsageError(`${place}: "${name}" leads out of the set.`);
    if (!(await stat(file)).isFile()) throw new UsageError(`${place}: "${name}" is not a file.`);
    return await use(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const like = await unlikeCase(root, name);
    const hint = like === undefined ? '' : ` There is "${like}": write it as it is.`;
    throw new UsageError(`${place}: "${name}" cannot be read: ${messageOf(error)}${hint}`, { cause: error });
  }
}

/** The path as the disk spells it, part by part: by the very name, else by the one that looks the same. */
async function spelledAsThere(root: string, name: string): Promise<string> {
  const plain = path.join(root, name);
  if (await isThere(plain)) return plain;
  return (await walk(root, name, (each) => each.normalize('NFC'))) ?? plain;
}

/** What stands there in other capitals. */
async function unlikeCase(root: string, name: string): Promise<string | undefined> {
  const found = await walk(root, name, (each) => each.normalize('NFC').toLowerCase()).catch(() => undefined);
  return found === undefined ? undefined : path.relative(root, found);
}

async function walk(root: string, name: string, alike: (part: string) => string): Promise<string | undefined> {
  let at = root;
  for (const part of name.split(/[/\\]/u).filter((each) => each !== '' && each !== '.')) {
    const found = (await readdir(at)).find((each) => alike(each) === alike(part));
    if (found === undefined) return undefined;
    at = path.join(at, found);
    // A link may lead anywhere: it is not looked through for names.
    if (!(await realpath(at)).startsWith(root + path.sep)) return at;
  }
  return at;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
