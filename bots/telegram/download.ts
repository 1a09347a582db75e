// Fetches what people sent, from Telegram's file server or a local Bot API server.
import { type Api, GrammyError } from 'grammy';
import { OperationalError } from '../../src/errors.ts';
import { MAX_BYTES } from '../../src/glyph/inspect.ts';
import type { Download, DownloadRefusal } from '../shared/download.ts';
import type { PictureFile } from './incoming.ts';
import { forApi } from './signal.ts';

interface FetchDeps {
  readonly api: Api;
  readonly apiRoot: string;
  readonly token: string;
  readonly download: Download;
}

export type FetchFile = (file: PictureFile) => Promise<Uint8Array | DownloadRefusal>;

/** What is too large is known without fetching where Telegram tells the size. */
export function makeFetchFile({ api, apiRoot, token, download }: FetchDeps): FetchFile {
  return async ({ id, size = 0 }) => {
    if (size > MAX_BYTES) return 'unreadable-file-too-large';
    // The link may have aged between two attempts.
    return download(async (signal) => {
      try {
        const { file_path: path } = await api.getFile(id, forApi(signal));
        if (path === undefined) throw new OperationalError('Telegram knows no path');
        return `${apiRoot}/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`;
      } catch (error) {
        if (error instanceof GrammyError && /file is too big/i.test(error.description))
          return { refusal: 'unreadable-file-too-large' };
        throw error;
      }
    });
  };
}
