// Launcher cards, commands and the dialog that create notebooks.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { ITranslator } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import { IClient } from '../api/tokens';
import type { KindName } from '../api/schema';
import { kindIcon } from '../icons';
import { ICurrentNotebook } from '../notebook/tokens';
import { Text } from '../text';
import { CreateDialog } from './dialog';
import { caption, commandLabel, KINDS } from './kinds';
import { CreateModel } from './model';

const ARGS = {
  type: 'object',
  properties: {
    cwd: { type: 'string', description: 'The folder whose project gets the notebook' },
    from: { type: 'string', description: 'The path of the notebook it builds on' },
    title: { type: 'string', description: 'What is typed into the dialog already' },
    short: { type: 'boolean', description: 'Whether the label is only the kind, as in the launcher' }
  }
} as const;

export const createPlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:create',
  description: 'Creates notebooks of the four kinds from their templates.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, ITranslator],
  optional: [ILauncher, ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    translator: ITranslator,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;

    const folder = (): string =>
      browser
        ? app.serviceManager.contents.localPath(browser.model.path)
        : PathExt.dirname(notebook.path ?? '');

    const ask = async (kind: KindName, cwd: string, from: string | null, title: string) => {
      const model = new CreateModel({ client, kind, cwd, from });
      model.setTitle(title);
      void model.load();
      const dialog = new CreateDialog({ model, text });
      await dialog.launch();
      model.dispose();
      return dialog.path === null ? undefined : notebook.open(dialog.path);
    };

    KINDS.forEach(({ kind, command }, index) => {
      app.commands.addCommand(command, {
        label: args => (args['short'] ? text.kind(kind) : commandLabel(kind, trans)),
        caption: caption(kind, trans),
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
  }
};
