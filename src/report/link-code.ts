// An address as a QR code, so that a phone opens what stands on another screen.
import { encodeQR } from 'qr';

/** SVG, dark on white with the quiet border that cameras need. */
export function linkCode(address: string): string {
  const rows = encodeQR(address, 'raw', { ecc: 'medium', border: 3 });
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  const side = rows.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${dark.join('')}"/></svg>`;
}
