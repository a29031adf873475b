// Launcher cards, commands and the dialog that create notebooks.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { ITranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import type { Widget } from '@lumino/widgets';
import { IClient } from '../api/tokens';
import type { KindName } from '../api/schema';
import { ICheckModel } from '../check/tokens';
import { CommandIDs } from '../commands';
import { kindIcon, scratchIcon } from '../icons';
import { messageOf } from '../model';
import { NOTEBOOK_ARGS, notebookOf } from '../notebook/args';
import { ICurrentNotebook, IOpenDocuments } from '../notebook/tokens';
import { Text } from '../text';
import { CreateDialog } from './dialog';
import { caption, commandLabel, continueLabel, continueTitle, KINDS } from './kinds';
import { CreateModel } from './model';
import { ScratchWatch } from './scratch';

const SHORT = { type: 'boolean', description: 'Whether the label is only the kind, as in a menu' } as const;
const CWD = { type: 'string', description: 'The folder whose project gets the notebook' } as const;
const ARGS = {
  type: 'object',
  properties: {
    cwd: CWD,
    from: { type: 'string', description: 'The path of the notebook it builds on' },
    title: { type: 'string', description: 'What is typed into the dialog already' },
    short: SHORT
  }
} as const;
const CONTINUE_ARGS = {
  ...NOTEBOOK_ARGS,
  properties: { ...NOTEBOOK_ARGS.properties, short: SHORT }
} as const;
const SCRATCH_ARGS = { type: 'object', properties: { cwd: CWD, short: SHORT } } as const;

export const createPlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:create',
  description: 'Creates notebooks of the four kinds from their templates.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, IOpenDocuments, ITranslator],
  optional: [ILauncher, ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    documents: IOpenDocuments,
    translator: ITranslator,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const folder = (): string => folderOf(app, notebook, browser);

    const ask = (kind: KindName, cwd: string, from: string | null, title: string) => {
      const model = new CreateModel({ client, kind, cwd, from, save: path => documents.save(path) });
      model.setTitle(title);
      return launch({ model, text }, notebook, documents);
    };

    KINDS.forEach(({ kind, command }, index) => {
      app.commands.addCommand(command, {
        label: args => (args['short'] ? text.kind(kind) : commandLabel(kind, trans)),
        caption: args => withKeys(app, command, caption(kind, trans), Boolean(args['short'])),
        icon: kindIcon(kind),
        describedBy: { args: ARGS },
        execute: (args): Promise<Widget | undefined> =>
          ask(
            kind,
            (args['cwd'] as string | undefined) ?? folder(),
            (args['from'] as string | undefined) ?? notebook.path,
            (args['title'] as string | undefined) ?? ''
          )
      });
      palette?.addItem({ command, category: trans.__('ML Notebooks') });
      launcher?.add({
        command,
        args: { short: true },
        category: trans.__('ML notebooks'),
        rank: index,
        categoryRank: 10
      });
    });

    app.commands.addCommand(CommandIDs.createScratch, {
      label: args => (args['short'] ? trans.__('Scratch') : trans.__('Create Scratch Notebook')),
      caption: args =>
        withKeys(
          app,
          CommandIDs.createScratch,
          trans.__('A notebook to try something, which needs no name'),
          Boolean(args['short'])
        ),
      icon: scratchIcon,
      describedBy: { args: SCRATCH_ARGS },
      execute: async (args): Promise<Widget | undefined> => {
        try {
          const { path } = await client.createScratch((args['cwd'] as string | undefined) ?? folder());
          return await notebook.open(path);
        } catch (reason) {
          Notification.error(text.sentence(messageOf(reason)), { autoClose: 15_000 });
          return undefined;
        }
      }
    });
    palette?.addItem({ command: CommandIDs.createScratch, category: trans.__('ML Notebooks') });
    launcher?.add({
      command: CommandIDs.createScratch,
      args: { short: true },
      category: trans.__('ML notebooks'),
      rank: KINDS.length,
      categoryRank: 10
    });
  }
};

export const continuePlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:continue',
  description: 'Continues a notebook as another one, which takes along a finding and the data.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, IOpenDocuments, ITranslator],
  optional: [ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    documents: IOpenDocuments,
    translator: ITranslator,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const continueAs = async (kind: KindName, from: string): Promise<Widget | undefined> => {
      if (!(await documents.save(from))) {
        return undefined;
      }
      const cwd = PathExt.dirname(from);
      const save = (path: string) => documents.save(path);
      const model = new CreateModel({ client, kind, cwd, from, save, continues: true });
      return launch({ model, text, title: continueTitle(kind, trans) }, notebook, documents);
    };
    KINDS.forEach(({ kind, continues }) => {
      app.commands.addCommand(continues, {
        label: args => (args['short'] ? text.kind(kind) : continueLabel(kind, trans)),
        caption: caption(kind, trans),
        icon: kindIcon(kind),
        describedBy: { args: CONTINUE_ARGS },
        isEnabled: args => notebookOf(args, notebook, browser) !== null,
        execute: async args => {
          const from = notebookOf(args, notebook, browser);
          return from === null ? undefined : continueAs(kind, from);
        }
      });
      notebook.changed.connect(() => app.commands.notifyCommandChanged(continues));
      palette?.addItem({ command: continues, category: trans.__('ML Notebooks') });
    });
  }
};

export const scratchPlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:scratch',
  description: 'Asks, once, whether a scratch notebook that has grown is to be kept.',
  autoStart: true,
  requires: [ICheckModel, ICurrentNotebook, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    check: ICheckModel,
    notebook: ICurrentNotebook,
    translator: ITranslator
  ): void => {
    const { trans } = new Text(translator);
    const watch = new ScratchWatch();
    check.changed.connect(() => {
      const { path } = check;
      if (path === null || path !== notebook.path || check.state !== 'checked' || !check.isScratch) {
        return;
      }
      if (watch.isDue({ path, cells: notebook.cells, since: notebook.since })) {
        Notification.info(trans.__('“%1” is a scratch notebook. Keep it?', PathExt.basename(path)), {
          autoClose: 15_000,
          actions: [
            {
              label: trans.__('Name it…'),
              callback: () => void app.commands.execute(CommandIDs.renameNotebook, { path })
            }
          ]
        });
      }
    });
  }
};

/** Show the dialog, and open what it created. */
async function launch(
  options: CreateDialog.IOptions,
  notebook: ICurrentNotebook,
  documents: IOpenDocuments
): Promise<Widget | undefined> {
  void options.model.load();
  const dialog = new CreateDialog(options);
  await dialog.launch();
  const { path } = dialog;
  dialog.dispose();
  options.model.dispose();
  if (path === null) {
    return undefined;
  }
  await documents.follow(); // the header of the parent has a link to the new notebook now
  return notebook.open(path);
}

function folderOf(
  app: JupyterFrontEnd,
  notebook: ICurrentNotebook,
  browser: IDefaultFileBrowser | null
): string {
  return browser
    ? app.serviceManager.contents.localPath(browser.model.path)
    : PathExt.dirname(notebook.path ?? '');
}

/** A card of the launcher has no place for keys but its tooltip; menus and the palette show them on their own. */
function withKeys(app: JupyterFrontEnd, command: string, sentence: string, isShort: boolean): string {
  const binding = isShort && app.commands.keyBindings.find(each => each.command === command);
  return binding ? `${sentence} (${CommandRegistry.formatKeystroke(binding.keys)})` : sentence;
}
