// Splits a notebook that has grown too long, and can take it back.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator } from '@jupyterlab/translation';
import { cutIcon } from '@jupyterlab/ui-components';
import { IClient } from '../api/tokens';
import { CommandIDs } from '../commands';
import { NOTEBOOK_ARGS, notebookOf } from '../notebook/args';
import { ICurrentNotebook, IOpenDocuments } from '../notebook/tokens';
import { STAYS } from '../rename/changes';
import { IChanges } from '../rename/tokens';
import { Text } from '../text';
import { SplitDialog } from './dialog';
import { SplitModel } from './model';

export const splitPlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:split',
  description: 'Splits a notebook in two at a heading, and hands over what the second half needs.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, IOpenDocuments, IChanges, ITranslator],
  optional: [ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    documents: IOpenDocuments,
    changes: IChanges,
    translator: ITranslator,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const split = async (path: string): Promise<void> => {
      if (!(await documents.save(path))) {
        return;
      }
      const model = new SplitModel({ client, path });
      void model.load();
      const dialog = new SplitDialog({ model, text });
      await dialog.launch();
      const second = dialog.path;
      const { change = null, notes = [] } = model.job ?? {};
      dialog.dispose();
      model.dispose();
      if (second !== null) {
        await documents.follow();
        await notebook.open(second);
        const names = [path, second].map(each => PathExt.basename(each));
        changes.tell(trans.__('Split: “%1” goes on in “%2”.', ...names), change, second);
        notes.forEach(each => Notification.info(text.sentence(each), { autoClose: STAYS }));
      }
    };
    app.commands.addCommand(CommandIDs.splitNotebook, {
      label: args => (args['fromBrowser'] ? trans.__('Split…') : trans.__('Split Notebook…')),
      caption: trans.__('Make two notebooks of a long one, at a heading'),
      icon: cutIcon,
      describedBy: { args: NOTEBOOK_ARGS },
      isEnabled: args => notebookOf(args, notebook, browser) !== null,
      execute: async args => {
        const path = notebookOf(args, notebook, browser);
        if (path !== null) {
          await split(path);
        }
      }
    });
    notebook.changed.connect(() => app.commands.notifyCommandChanged(CommandIDs.splitNotebook));
    palette?.addItem({ command: CommandIDs.splitNotebook, category: trans.__('ML Notebooks') });
  }
};
