// Which place holds the blobs: a bucket when one is set, else a folder.
import type { Blobs } from './blobs.ts';
import { makeFolderBlobs } from './folder.ts';
import type { S3Settings } from './s3.ts';

/** Everything needed to open the same blobs in another process. */
export type BlobSettings =
  { readonly kind: 'folder'; readonly folder: string } | { readonly kind: 's3'; readonly s3: S3Settings };

export async function openBlobs(settings: BlobSettings): Promise<Blobs> {
  if (settings.kind === 'folder') return makeFolderBlobs(settings.folder);
  // A client of buckets is large, and most keep a folder.
  const { makeS3Blobs } = await import('./s3.ts');
  return makeS3Blobs(settings.s3);
}
