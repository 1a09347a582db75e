// Practice sheets as a PDF to print, its letters in the fonts of the charts.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Alphabet } from '../alphabet/alphabet.ts';
import { papers, type Sheet } from '../sheet/layout.ts';
import { chartFonts } from './legible.ts';
import { shapesOf, type SheetLettering, type SheetMark, type SheetWords } from './sheet-page.ts';

/** Points of a PDF. */
const MILLIMETRE = 72 / 25.4;

/** What a PDF is made of. */
export interface SheetPrint {
  readonly alphabet: Alphabet;
  readonly pages: readonly { readonly sheet: Sheet; readonly words: SheetWords }[];
}

let last: Promise<unknown> = Promise.resolve();

/** `sheetsPdf` in a thread, one after another: fonts are opened, shaped and cut down for it, which would hold everybody else up. */
export function sheetsPdfAside(print: SheetPrint): Promise<Uint8Array> {
  const mine = last.then(async () => {
    const worker = new Worker(new URL('sheet-worker.mjs', import.meta.url), { workerData: print });
    const [pdf] = (await once(worker, 'message')) as [Uint8Array];
    return pdf;
  });
  last = mine.catch(() => undefined);
  return mine;
}

export async function sheetsPdf({ alphabet, pages }: SheetPrint): Promise<Uint8Array> {
  // Large, and seldom needed.
  const { default: Pdf } = await import('pdfkit');
  const pdf = new Pdf({ autoFirstPage: false, info: { Title: alphabet.title } });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<void>((resolve, reject) => void pdf.on('end', resolve).on('error', reject));
  for (const { sheet, words } of pages) {
    const { width, height } = papers[sheet.paper];
    pdf.addPage({ size: [width * MILLIMETRE, height * MILLIMETRE], margin: 0 });
    pdf.scale(MILLIMETRE);
    for (const shape of shapesOf(sheet, alphabet, words)) draw(pdf, shape);
  }
  pdf.end();
  await done;
  return Buffer.concat(chunks);
}

function draw(pdf: PDFKit.PDFDocument, shape: SheetMark): void {
  const colour = `#${Math.round(255 * shape.grey)
    .toString(16)
    .padStart(2, '0')
    .repeat(3)}`;
  switch (shape.kind) {
    case 'box':
      pdf.rect(shape.x, shape.y, shape.width, shape.height).fill(colour);
      return;
    case 'frame':
      pdf.lineWidth(shape.line).rect(shape.x, shape.y, shape.width, shape.height).stroke(colour);
      return;
    case 'disc':
      pdf.circle(shape.x, shape.y, shape.radius).fill(colour);
      return;
    case 'text':
      write(pdf.fillColor(colour), shape);
  }
}

function write(pdf: PDFKit.PDFDocument, { text, x, y, ends, size, most }: SheetLettering): void {
  const runs = runsOf(text);
  const widthAt = (height: number): number =>
    runs.reduce((sum, run) => sum + pdf.font(run.file).fontSize(height).widthOfString(run.text), 0);
  const height = size * Math.min(1, most / widthAt(size));
  let at = ends === true ? x - widthAt(height) : x;
  for (const run of runs) {
    pdf.font(run.file).fontSize(height).text(run.text, at, y, { lineBreak: false, baseline: 'alphabetic' });
    at += pdf.widthOfString(run.text);
  }
}

/** The text in pieces that one of the fonts has. */
function runsOf(text: string): readonly { readonly file: string; readonly text: string }[] {
  const fonts = chartFonts();
  const runs: { file: string; text: string }[] = [];
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    const file = (fonts.find(({ font }) => font.covers(segment)) ?? fonts[0])?.file ?? '';
    const last = runs.at(-1);
    if (last?.file === file) last.text += segment;
    else runs.push({ file, text: segment });
  }
  return runs;
}
