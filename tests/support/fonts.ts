// The fonts that the product ships, as a folder of fonts that an owner might have.
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);

/** Has Latin and Cyrillic with combining marks, and of Greek only μ and π. */
export const ptSans = resolve('@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf');
export const ptSansBold = resolve('@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf');
/** Has Greek, Cyrillic and kana, no combining marks. */
export const kosugiMaru = resolve('@expo-google-fonts/kosugi-maru/400Regular/KosugiMaru_400Regular.ttf');

/** Copies them there. */
export function fontFolder(folder: string, fonts: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  for (const font of fonts) copyFileSync(font, join(folder, basename(font)));
  return folder;
}
