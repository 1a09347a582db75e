// What the real server refuses in a message or a command, refused here with the same codes, as pure checks.
import { z } from 'zod';
import { flags } from './discord-words.ts';

/** An answer that is no success; `code` is Discord's own. */
export class DiscordRefusal extends Error {
  override readonly name = 'DiscordRefusal';
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const unknownInteraction = (): DiscordRefusal => new DiscordRefusal(404, 10062, 'Unknown interaction');
export const unknownMessage = (): DiscordRefusal => new DiscordRefusal(404, 10008, 'Unknown Message');

const button = z.object({
  type: z.literal(2),
  style: z.int().min(1).max(4),
  label: z.string().min(1).max(80),
  custom_id: z.string().min(1).max(100),
  disabled: z.boolean().optional(),
});

const select = z.object({
  type: z.literal(3),
  custom_id: z.string().min(1).max(100),
  placeholder: z.string().max(150).optional(),
  min_values: z.int().optional(),
  max_values: z.int().optional(),
  options: z
    .array(
      z.object({
        label: z.string().min(1).max(100),
        value: z.string().min(1).max(100),
        description: z.string().min(1).max(100).optional(),
      }),
    )
    .min(1)
    .max(25),
});

/** A window: each field stands in a label of its own. */
const modal = z.object({
  custom_id: z.string().min(1).max(100),
  title: z.string().min(1).max(45),
  components: z
    .array(
      z.object({
        type: z.literal(18),
        label: z.string().min(1).max(45),
        description: z.string().min(1).max(100).optional(),
        component: z.object({
          type: z.literal(4),
          custom_id: z.string().min(1).max(100),
          style: z.literal([1, 2]),
          required: z.boolean().optional(),
          min_length: z.int().min(0).max(4000).optional(),
          max_length: z.int().min(1).max(4000).optional(),
          placeholder: z.string().max(100).optional(),
          value: z.string().max(4000).optional(),
        }),
      }),
    )
    .min(1)
    .max(5),
});

const row = z.object({
  type: z.literal(1),
  components: z.union([z.array(button).min(1).max(5), z.array(select).length(1)]),
});

const gallery = z.object({
  type: z.literal(12),
  items: z
    .array(
      z.object({
        media: z.object({
          url: z
            .string()
            .regex(/^(attachment|https?):\/\/./)
            .max(2048),
        }),
        description: z.string().max(1024).nullish(),
        spoiler: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(10),
});
const words = z.object({ type: z.literal(10), content: z.string().min(1).max(4000) });
const inFrame = z.discriminatedUnion('type', [row, gallery, words]);
const frame = z.object({
  type: z.literal(17),
  components: z.array(inFrame).min(1),
  accent_color: z.int().nullish(),
  spoiler: z.boolean().optional(),
});
/** The newer layout, which its flag switches on. */
const laidOut = z.array(z.discriminatedUnion('type', [row, gallery, words, frame])).min(1);

const body = z.object({
  content: z.string().max(2000).nullish(),
  components: z.array(z.discriminatedUnion('type', [row, gallery, words, frame])).nullish(),
  embeds: z.array(z.unknown()).nullish(),
  attachments: z.array(z.object({ id: z.coerce.string(), description: z.string().max(1024).nullish() })).nullish(),
  flags: z.int().nullish(),
  allowed_mentions: z.object({ parse: z.array(z.string()) }).nullish(),
  message_reference: z.object({ message_id: z.string(), fail_if_not_exists: z.boolean().optional() }).nullish(),
  nonce: z.union([z.string().max(25), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
});

export type MessageBody = z.infer<typeof body>;

const invalidForm = (error: z.ZodError): DiscordRefusal =>
  new DiscordRefusal(
    400,
    50035,
    `Invalid Form Body: ${error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
  );

/** Parses what a message is made of, or throws as the server refuses. Mentions must be switched off: a label is users' text. */
export function checkMessage(raw: unknown): MessageBody {
  const parsed = body.safeParse(raw);
  if (!parsed.success) throw invalidForm(parsed.error);
  const isLaidOut = ((parsed.data.flags ?? 0) & flags.layout) !== 0;
  checkLayout(parsed.data, isLaidOut);
  const seen = new Set<string>();
  const tops = (parsed.data.components ?? []).flatMap((top) => (top.type === 17 ? top.components : [top]));
  for (const { components } of tops.filter((each) => each.type === 1)) {
    for (const component of components) {
      if (seen.has(component.custom_id)) {
        throw new DiscordRefusal(400, 50035, `Invalid Form Body: custom_id ${component.custom_id} is duplicated`);
      }
      seen.add(component.custom_id);
      if (component.type !== 3) continue;
      const values = new Set(component.options.map(({ value }) => value));
      if (values.size !== component.options.length) {
        throw new DiscordRefusal(400, 50035, 'Invalid Form Body: the specified option value is already used');
      }
    }
  }
  if (parsed.data.allowed_mentions?.parse.length !== 0) {
    throw new DiscordRefusal(400, 50035, 'This fake insists on allowed_mentions {parse: []}');
  }
  return parsed.data;
}

/** One layout or the other: the newer one has no content, the older one nothing but rows. */
function checkLayout({ content, embeds, components }: MessageBody, isLaidOut: boolean): void {
  const tops = components ?? [];
  if (!isLaidOut) {
    if (tops.length > 5 || tops.some(({ type }) => type !== 1))
      throw new DiscordRefusal(400, 50035, 'Invalid Form Body: components: only rows, five at most, without the flag');
    return;
  }
  if ((content ?? '') !== '' || (embeds ?? []).length > 0)
    throw new DiscordRefusal(400, 50035, 'Invalid Form Body: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2');
  const parsed = laidOut.safeParse(tops);
  if (!parsed.success) throw invalidForm(parsed.error);
  const inside = parsed.data.flatMap((top) => (top.type === 17 ? [top, ...top.components] : [top]));
  const all = inside.reduce((sum, each) => sum + 1 + (each.type === 1 ? each.components.length : 0), 0);
  if (all > 40) throw new DiscordRefusal(400, 50035, 'Invalid Form Body: components: more than 40 in all');
  const text = inside.reduce((sum, each) => sum + (each.type === 10 ? each.content.length : 0), 0);
  if (text > 4000) throw new DiscordRefusal(400, 50035, 'Invalid Form Body: components: more than 4000 characters');
}

export type DiscordModal = z.infer<typeof modal>;

/** Parses a window, or throws as the server refuses. */
export function checkModal(raw: unknown): DiscordModal {
  const parsed = modal.safeParse(raw);
  if (!parsed.success) throw invalidForm(parsed.error);
  const names = parsed.data.components.map(({ component }) => component.custom_id);
  if (new Set(names).size !== names.length)
    throw new DiscordRefusal(400, 50035, 'Invalid Form Body: custom_id is duplicated');
  return parsed.data;
}

/** Whether there is anything to show; the real server refuses an empty message with 50006. */
export function refuseEmpty(content: string, attachments: number): void {
  if (content === '' && attachments === 0) throw new DiscordRefusal(400, 50006, 'Cannot send an empty message');
}

const localised = (of: z.ZodString) => z.record(z.string(), of).nullish();
const slashName = z
  .string()
  .regex(/^[-_'\p{L}\p{N}]{1,32}$/u)
  .refine((name) => name === name.toLowerCase(), 'must be lower case');
const description = z.string().min(1).max(100);

const option = z.object({
  type: z.int().min(3).max(11),
  name: slashName,
  description,
  description_localizations: localised(description),
  required: z.boolean().optional(),
  autocomplete: z.boolean().optional(),
  file_types: z.array(z.string()).min(1).max(10).optional(),
});

const common = {
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  contexts: z.array(z.int().min(0).max(2)).nullish(),
  integration_types: z.array(z.int().min(0).max(1)).min(1).optional(),
};

const command = z.discriminatedUnion('type', [
  z.object({
    type: z.literal(1),
    name: slashName,
    name_localizations: z.record(z.string(), slashName).nullish(),
    description,
    description_localizations: localised(description),
    options: z.array(option).max(25).default([]),
    ...common,
  }),
  z.object({
    type: z.literal(3),
    name: z.string().min(1).max(32),
    name_localizations: localised(z.string().min(1).max(32)),
    description: z.literal('').default(''),
    options: z.array(option).max(0).default([]),
    ...common,
  }),
]);

/** Parses a bulk overwrite of commands, or throws as the server refuses. */
export function checkCommands(raw: unknown): readonly z.infer<typeof command>[] {
  const parsed = z.array(command).max(115).safeParse(raw);
  if (!parsed.success) throw invalidForm(parsed.error);
  const keys = parsed.data.map(({ type, name }) => `${type} ${name}`);
  if (new Set(keys).size !== keys.length)
    throw new DiscordRefusal(400, 50035, 'Application command names must be unique');
  for (const { options } of parsed.data) {
    if (new Set(options.map(({ name }) => name)).size !== options.length) {
      throw new DiscordRefusal(400, 50035, 'Option names must be unique');
    }
    const firstOptional = options.findIndex(({ required }) => required !== true);
    if (firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required === true)) {
      throw new DiscordRefusal(400, 50035, 'Required options must be placed before non-required options');
    }
  }
  return parsed.data;
}
