// The thread behind sheetsPdfAside: one PDF, one answer.
import { parentPort, workerData } from 'node:worker_threads';
import { sheetsPdf, type SheetPrint } from './sheet-pdf.ts';

const pdf = await sheetsPdf(workerData as SheetPrint);
parentPort?.postMessage(pdf, []);
