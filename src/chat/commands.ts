// Every command there is, in the order of menus and of /help. A new one is a file in commands/ and a line here.
import type { Command } from './command.ts';
import { adminsCommand } from './commands/admins.ts';
import { alphabetCommand } from './commands/alphabet.ts';
import { blockCommand } from './commands/block.ts';
import { cancelCommand } from './commands/cancel.ts';
import { contributorsCommand } from './commands/contributors.ts';
import { exportCommand } from './commands/export.ts';
import { forgetCommand } from './commands/forget.ts';
import { helpCommand, startCommand } from './commands/help.ts';
import { languageCommand } from './commands/language.ts';
import { logCommand } from './commands/log.ts';
import { meCommand } from './commands/me.ts';
import { modelsCommand } from './commands/models.ts';
import { privacyCommand } from './commands/privacy.ts';
import { retrainCommand } from './commands/retrain.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { settingsCommand } from './commands/settings.ts';
import { sheetCommand } from './commands/sheet.ts';
import { statsCommand } from './commands/stats.ts';
import { undoCommand } from './commands/undo.ts';
import { withdrawCommand } from './commands/withdraw.ts';

type Deps<Make extends (deps: never, ...rest: never[]) => Command> = Parameters<Make>[0];

type PersonalDeps = Deps<typeof startCommand> &
  Deps<typeof meCommand> &
  Deps<typeof undoCommand> &
  Deps<typeof privacyCommand> &
  Deps<typeof forgetCommand> &
  Deps<typeof alphabetCommand> &
  Deps<typeof sheetCommand> &
  Deps<typeof languageCommand> &
  Deps<typeof settingsCommand>;

type OperatorDeps = Deps<typeof statsCommand> &
  Deps<typeof retrainCommand> &
  Deps<typeof modelsCommand> &
  Deps<typeof rollbackCommand> &
  Deps<typeof cancelCommand> &
  Deps<typeof exportCommand> &
  Deps<typeof adminsCommand> &
  Deps<typeof blockCommand> &
  Deps<typeof withdrawCommand>;

/** What anybody may say. */
export function personalCommands(deps: PersonalDeps, all: () => readonly Command[]): readonly Command[] {
  return [
    startCommand(deps),
    helpCommand(deps, all),
    sheetCommand(deps),
    meCommand(deps),
    undoCommand(deps),
    privacyCommand(deps),
    forgetCommand(deps),
    alphabetCommand(deps),
    languageCommand(deps),
    settingsCommand(deps),
  ];
}

/** What operators may say besides. */
export function operatorCommands(deps: OperatorDeps): readonly Command[] {
  return [
    statsCommand(deps),
    retrainCommand(deps),
    modelsCommand(deps),
    rollbackCommand(deps),
    cancelCommand(deps),
    exportCommand(deps),
    adminsCommand(deps),
    contributorsCommand(deps),
    blockCommand(deps, 'block'),
    blockCommand(deps, 'unblock'),
    withdrawCommand(deps),
    logCommand(deps),
  ];
}
