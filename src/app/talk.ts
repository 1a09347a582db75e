// What people meet: the conversation with its commands, the doors behind it, and what they are told unasked.
import { forgetEmbeddings } from '../backbone/cache.ts';
import { embeddingsFolder } from '../backbone/sight.ts';
import { makeCompose } from '../chat/compose.ts';
import type { Command } from '../chat/command.ts';
import { commandInfos } from '../chat/command.ts';
import { operatorCommands, personalCommands } from '../chat/commands.ts';
import { makeAnswering } from '../chat/answering.ts';
import { makeConversation } from '../chat/conversation.ts';
import { makeExampleTalk, type ExampleTalk } from '../chat/examples.ts';
import { makeGallery, type Gallery } from '../chat/gallery.ts';
import { TASKS } from '../chat/announce.ts';
import type { ChatPlatform, CommandInfo, HandleEvent } from '../chat/event.ts';
import { makeSayTo, type SayTo } from '../chat/language.ts';
import { makePictures } from '../chat/pictures.ts';
import { makePostman, type Postman } from '../chat/postman.ts';
import { makeRunMessages, type RunMessages } from '../chat/run-messages.ts';
import { namesPerson } from '../config.ts';
import { makeExportArchive } from '../dataset/export.ts';
import type { PhotoReaders } from '../glyph/pool.ts';
import type { Disk } from '../recognition/disk.ts';
import { makeExamples } from '../recognition/examples.ts';
import { makeForget } from '../recognition/forget.ts';
import { makeOwnHand, type OwnHand } from '../recognition/own-hand.ts';
import { makeModerate, type Moderate } from '../recognition/moderate.ts';
import type { ReadAlone } from '../recognition/second-reader.ts';
import type { Recognition } from '../recognition/outcomes.ts';
import type { People } from '../recognition/people.ts';
import type { Chat, Person } from '../recognition/person.ts';
import { makeAnchorsFor } from '../recognition/version-anchors.ts';
import { makeRecognition } from '../recognition/recognition.ts';
import { makeFindTaught } from '../recognition/taught.ts';
import { glyphImage } from '../report/glyph.ts';
import { greyPng } from '../report/png.ts';
import { sheetsPdfAside } from '../report/sheet-pdf.ts';
import { seenThrough } from '../runs/prepare.ts';
import { sayIn, type Language } from '../words/words.ts';
import type { OpenedModels } from './models.ts';
import { shippedAnchors } from './shipped-anchors.ts';
import type { OpenedStorage } from './storage.ts';
import type { OpenedTraining } from './training.ts';

export interface Talk {
  readonly people: People;
  readonly moderate: Moderate;
  readonly recognition: Recognition;
  readonly ownHand: OwnHand;
  readonly handle: HandleEvent;
  /** How a person is spoken to, for what a platform has to say by itself. */
  readonly sayTo: SayTo;
  /** Drops what was made of people's pictures to save time. */
  readonly dropDerived: () => void;
  /** What somebody taught, one by one. */
  readonly gallery: Gallery;
  /** Pictures for who has nothing at hand. */
  readonly examples: ExampleTalk;
  /** The alphabet of the last photo of a person in a chat. */
  lastAlphabet(person: Person, chat: Chat): string | undefined;
  readonly commands: (language: Language) => readonly CommandInfo[];
  /** Hands announcements to these platforms from now on. */
  deliverTo(platforms: readonly ChatPlatform[]): void;
}

interface Parts {
  readonly storage: OpenedStorage;
  readonly models: OpenedModels;
  readonly training: OpenedTraining;
  readonly people: People;
  readonly photos: PhotoReaders;
  readonly disk: Disk;
  /** What of people's photos and answers is for the duels. */
  readonly duels?: {
    readonly readAlone: (photo: ReadAlone) => void;
    /** Samples of an alphabet came or went. */
    readonly answered: (alphabet: string) => void;
  };
}

export function makeTalk({ storage, models, training, people, photos, disk, duels }: Parts): Talk & {
  postman: Postman;
  runMessages: RunMessages;
} {
  const { config, log, store, blobs, alphabets, now } = storage;
  const embeddings = embeddingsFolder(storage.blobSettings);
  const dropDerived = (): void => {
    if (embeddings !== null) forgetEmbeddings(embeddings);
  };
  const { reader } = models.champions;
  const samplesChanged = (alphabet: string): void => {
    training.automatic.noticed(alphabet);
    duels?.answered(alphabet);
  };
  const bank = async (alphabet: string): Promise<Uint8Array | null> => {
    const hash = await training.tools.bankOf(alphabet);
    return hash === null ? null : blobs.get(hash);
  };
  const anchorsFor = makeAnchorsFor({
    store,
    bank,
    shipped: (version) => shippedAnchors(store.versions.get(version)),
    log,
  });
  const ownHand = makeOwnHand({ store, anchorsFor, seenThrough: (version) => seenThrough(store, version), log });
  const recognition = makeRecognition({
    store,
    people,
    alphabet: alphabets.get,
    alphabets: alphabets.list,
    defaultAlphabet: config.alphabet,
    readPhoto: photos.read,
    glance: photos.glance,
    unstack: photos.unstack,
    reader,
    ownHand,
    samplesChanged,
    diskNearlyFull: disk.nearlyFull,
    kindIsFull: disk.kindIsFull,
    ...(duels && { readAlone: duels.readAlone }),
    now,
  });
  const moderate = makeModerate({ store, people, alphabet: alphabets.get, reader, samplesChanged, now });
  const pictures = makePictures({ store, blobs, loadModel: models.loadModel });
  let platforms: readonly ChatPlatform[] = [];
  const runMessages = makeRunMessages({
    store,
    platforms: () => platforms,
    alphabet: alphabets.get,
    log,
    clock: () => performance.now(),
  });
  const answering = makeAnswering({
    recognition,
    store,
    alphabet: alphabets.get,
    alphabets: alphabets.list,
    glyphPng: glyphImage,
  });
  const forCommands = {
    store,
    people,
    recognition,
    answering,
    moderate,
    alphabet: alphabets.get,
    alphabets: alphabets.list,
    forget: makeForget({ store, blobs, dropDerived }),
    training: training.training,
    runMessages,
    pictures,
    isPerson: (who: string) => namesPerson(config.botIds, who),
    operatorChanged(who: string, isOperator: boolean): void {
      const [name, id = ''] = who.split(':');
      // A menu is a convenience: nobody waits for it, and a platform says itself what it cannot do.
      void platforms.find((each) => each.name === name)?.operatorChanged?.(id, isOperator);
    },
    sheetsPdf: sheetsPdfAside,
    exportSamples: makeExportArchive({ samples: store.samples, image: glyphImage }),
    now,
  };
  const commands: readonly Command[] = [
    ...personalCommands(forCommands, () => commands),
    ...operatorCommands(forCommands),
  ];
  return {
    people,
    moderate,
    recognition,
    ownHand,
    handle: makeConversation({ ...forCommands, commands, glyphPng: glyphImage, log }),
    sayTo: makeSayTo(people),
    dropDerived,
    gallery: makeGallery({ store, alphabet: alphabets.get, glyphPng: glyphImage }),
    examples: makeExampleTalk({
      examples: makeExamples({ bank, reader, readPhoto: photos.read, png: greyPng }),
      alphabet: alphabets.get,
    }),
    lastAlphabet(person, chat) {
      const found = store.contributors.byKeyHash(people.keyHash(person));
      return found && store.predictions.lastOf(found.id, chat.id)?.alphabet;
    },
    commands: (language) => commandInfos(commands, sayIn(language)),
    deliverTo: (to) => void (platforms = to),
    runMessages,
    postman: makePostman({
      runMessages,
      outbox: store.outbox,
      platforms: () => platforms,
      compose: makeCompose({
        store,
        alphabet: alphabets.get,
        pictures,
        glyphPng: glyphImage,
        answering: async (id) => (await reader(id).catch(() => null))?.version ?? null,
      }),
      tasks: { name: TASKS, run: makeFindTaught({ store, reader, now }) },
      log,
      now,
    }),
  };
}
