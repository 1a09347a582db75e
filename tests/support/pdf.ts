// PDFs as scanner apps make them: pages that are one picture each, stored as JPEG or as plain pixels.
import { deflateSync } from 'node:zlib';
import Pdf from 'pdfkit';

/** A page: a JPEG or PNG that fills it, or words. */
export type PdfPage = Uint8Array | string;

export function pdfOf(pages: readonly PdfPage[], options: { readonly password?: string } = {}): Promise<Buffer> {
  const locked = options.password === undefined ? {} : { userPassword: options.password };
  const document = new Pdf({ autoFirstPage: false, ...locked });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
  for (const page of pages) {
    document.addPage({ size: 'A4', margin: 0 });
    if (typeof page === 'string') document.text(page, 72, 72);
    else document.image(Buffer.from(page), 0, 0, { fit: [document.page.width, document.page.height] });
  }
  document.end();
  return whole;
}

/** A page that draws fifteen million lines, which a few kilobytes hold. */
export function pdfBomb(): Buffer {
  const drawn = deflateSync(Buffer.alloc(15e6 * 14, '0 0 m 1 1 l S\n'), { level: 9 });
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>'),
    Buffer.concat([
      Buffer.from(`<< /Length ${drawn.length} /Filter /FlateDecode >>\nstream\n`),
      drawn,
      Buffer.from('\nendstream'),
    ]),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const places: number[] = [];
  for (const [at, object] of objects.entries()) {
    places.push(parts.reduce((sum, { length }) => sum + length, 0));
    parts.push(Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'));
  }
  const xref = parts.reduce((sum, { length }) => sum + length, 0);
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 5\n0000000000 65535 f \n${rows}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
