// Who speaks and where, as every platform says it. No platform's own word may appear here.

/** Who speaks. `id` is the platform's own id; it is kept only as a keyed hash. */
export interface Person {
  /** The platform's name: of the page `web`, else of bots/list.ts. */
  readonly platform: string;
  readonly id: string;
  /** The client's language (BCP 47), where the platform tells it. */
  readonly language?: string;
  /** Where they speak from, where the platform sees it: people of one neighbourhood share what one gets. Never kept as it is. */
  readonly neighbourhood?: string;
  /** Set by a platform that authenticated an operator itself (the page's ADMIN_TOKEN). Chats are checked against ADMINS. */
  readonly operator?: boolean;
  /** An operator passes on what somebody else says, whom they name: may do all an operator may, but is trusted as anybody is. */
  readonly relayed?: boolean;
}

/** Where it is said. */
export interface Chat {
  /** The platform's own id of the chat, with the thread where settings differ by thread. */
  readonly id: string;
  readonly kind: 'private' | 'group';
  /** Nobody can reply to a single message here. */
  readonly noReplies?: true;
  /** Whether the person is an admin of this chat (never authority over the model); asked only when a setting needs it. */
  readonly isChatAdmin: () => Promise<boolean>;
}
