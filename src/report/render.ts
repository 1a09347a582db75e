// A chart's SVG becomes a PNG, with fonts of our own: kana, Cyrillic, Hebrew and Arabic show on a machine that has no fonts at all.
import { createRequire } from 'node:module';
import { renderAsync, Resvg, type ResvgRenderOptions } from '@resvg/resvg-js';

const { resolve } = createRequire(import.meta.url);
export const fontFiles: readonly string[] = [
  resolve('@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf'),
  resolve('@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf'),
  // For what PT Sans lacks: kana, and what is written from the right.
  resolve('@expo-google-fonts/kosugi-maru/400Regular/KosugiMaru_400Regular.ttf'),
  resolve('@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf'),
  // One glyph a letter: what takes letters apart into strokes and dots, the renderer cannot mix with other fonts.
  resolve('@expo-google-fonts/almarai/400Regular/Almarai_400Regular.ttf'),
];

export const FONT_FAMILY = 'PT Sans, Kosugi Maru';
/** Twice the size in points, so that it is sharp on phones. */
const ZOOM = 2;

const options = (zoom: number): ResvgRenderOptions => ({
  background: '#ffffff',
  fitTo: { mode: 'zoom', value: zoom },
  font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: 'PT Sans' },
});

/** PNG of an SVG, on white. */
export function renderSvg(svg: string): Uint8Array {
  return new Resvg(svg, options(ZOOM)).render().asPng();
}

/** The same off the event loop, for pictures that come with a reply. `zoom`: pixels a unit. */
export async function renderSvgAside(svg: string, zoom = ZOOM): Promise<Uint8Array> {
  return (await renderAsync(svg, options(zoom))).asPng();
}
