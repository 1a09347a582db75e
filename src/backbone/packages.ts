// Networks that npm packages bring along: installed by the owner, read from where they lie, never fetched.
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { BackboneWishes } from './make.ts';

/** What is known to be good, by the name that people may call it. */
export const KNOWN_PACKAGES = {
  hand: {
    package: '@mediapipe/hands',
    version: '0.4.1675469240',
    file: 'hand_landmark_full.tflite',
    views: 'turned',
    byPlace: true,
  },
} as const;

export const HAND = 'hand';

const described = z.object({ version: z.string(), license: z.string().optional() });

/** The network of an installed package. Throws UsageError where it is not installed, or has none or several. */
export function fromPackage(name: string): { readonly bytes: Uint8Array; readonly wishes: BackboneWishes } {
  const folder = folderOf(name);
  const { version, license } = described.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const [alias, known] = Object.entries(KNOWN_PACKAGES).find((each) => each[1].package === name) ?? [];
  const file = known?.file ?? onlyNetworkIn(folder, name);
  return {
    bytes: readFileSync(join(folder, file)),
    wishes: {
      name: alias ?? name,
      licence: license ?? 'unknown',
      source: `${name}@${version}/${file}`,
      views: known?.views,
      byPlace: known?.byPlace,
    },
  };
}

function onlyNetworkIn(folder: string, name: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:tflite|onnx)$/u.test(file),
  );
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  throw new UsageError(
    found.length === 0
      ? `The package ${name} brings no .tflite and no .onnx file.`
      : `The package ${name} brings several networks: add one of them by its file, from ${folder}: ${found.slice(0, 5).join(', ')}.`,
  );
}

/** Beside us, or in the folder that we were started in. */
function folderOf(name: string): string {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return dirname(createRequire(from).resolve(`${name}/package.json`));
    } catch {
      // Not installed there.
    }
  }
  const known = Object.values(KNOWN_PACKAGES).find((each) => each.package === name);
  const which = known === undefined ? name : `${name}@${known.version}`;
  throw new UsageError(`The package ${name} is not installed: "npm install --no-save ${which}" does it, here.`);
}
