// A chart's SVG becomes a PNG, with fonts of our own: kana and Cyrillic show on a machine that has no fonts at all.
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

const { resolve } = createRequire(import.meta.url);
export const fontFiles: readonly string[] = [
  resolve('@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf'),
  resolve('@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf'),
  // For what PT Sans lacks: kana.
  resolve('@expo-google-fonts/kosugi-maru/400Regular/KosugiMaru_400Regular.ttf'),
];

export const FONT_FAMILY = 'PT Sans, Kosugi Maru';
/** Twice the size in points, so that it is sharp on phones. */
const ZOOM = 2;

/** PNG of an SVG, on white. */
export function renderSvg(svg: string): Uint8Array {
  const drawing = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: 'PT Sans' },
  });
  return drawing.render().asPng();
}
