// npm runs this when all files are there, and before the scripts of what we depend on. onnxruntime-node brings the binaries of every
// platform, 290 MB, of which this machine uses 50; and its own script would then fetch 300 MB of CUDA libraries, which nothing here asks
// for, unless it finds files of their names (in a checkout, where older npm runs this last, cpu-only/ ends that script). Where this does not
// run, more lies about and all works.
import { existsSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const CUDA = ['cuda', 'shared', 'tensorrt'];

try {
  const require = createRequire(import.meta.url);
  const runtime = path.dirname(require.resolve('onnxruntime-node/package.json'));
  keepOnePlatform(path.join(runtime, 'bin', 'napi-v6'));
} catch {
  // Not there yet, not laid out so, or not ours to write: then it stays as it is.
}

function keepOnePlatform(binaries) {
  const mine = path.join(binaries, process.platform, process.arch);
  // A machine that it has no binaries for: npm has the better words.
  if (!existsSync(mine)) return;
  for (const platform of readdirSync(binaries)) {
    const folder = path.join(binaries, platform);
    for (const processor of readdirSync(folder)) {
      if (path.join(folder, processor) !== mine) rmSync(path.join(folder, processor), { recursive: true });
    }
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  }
  if (process.platform !== 'linux') return;
  for (const name of CUDA) {
    const file = path.join(mine, `libonnxruntime_providers_${name}.so`);
    if (!existsSync(file)) writeFileSync(file, '');
  }
}
